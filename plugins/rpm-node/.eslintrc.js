module.exports = require('../../scripts/eslintFactory')(__dirname);
