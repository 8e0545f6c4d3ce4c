// The colours of charts are those of the style sheet, so that they follow the light and the dark scheme.
"use strict";

const colours = {
  of(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  },
  line(index) {
    return colours.of(`line-${index % 8}`);
  },
  severity(name) {
    return colours.of(name === "plain" ? "faint" : name);
  },
  // The colour of an area whose edge has this colour.
  area(colour) {
    return colour + "26";
  },
};
