// Stops with one sentence where the Node.js in use is too old. Plain CommonJS, since an older
// Node.js could not read anything else of this project.
'use strict';

const REQUIRED = 24;
const major = Number(process.versions.node.split('.')[0]);
if (major < REQUIRED) {
  process.stderr.write(
    `Arrears needs Node.js ${REQUIRED} or newer, and this is ${process.versions.node}. ` +
      'On Linux and Windows `npm ci` brings its own; elsewhere install it first.\n',
  );
  process.exit(1);
}
