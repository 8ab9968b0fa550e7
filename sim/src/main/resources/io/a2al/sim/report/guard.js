// Runs before the chart library. Its function uPlot.assign writes members of any name, also into what all objects inherit
// from (CVE-2024-21489), so that what all objects inherit from must not be changed any more.
"use strict";

Object.freeze(Object.prototype);
