const { default: Sequencer } = require('@jest/test-sequencer');

/** The tiers, that of the longest suites first: what begins last is short, and no worker is left alone with a long one. */
const TIERS = ['browser', 'e2e', 'int', 'prop', 'unit'];

const tierOf = ({ path }) => TIERS.findIndex((tier) => path.endsWith(`.${tier}.spec.ts`));

module.exports = class extends Sequencer {
  /** Within a tier as jest has it: what failed or took long the last time, else the largest file, comes first. */
  sort(tests) {
    return super.sort(tests).sort((one, other) => tierOf(one) - tierOf(other));
  }
};
