import type { CopyCause } from '@rpmportal/backstage-plugin-rpm-common';
import { settleRivals } from './settleRivals';

const unit = (id: number, cause: CopyCause, entry: number) => ({
  id,
  cause,
  entry,
});

describe('settleRivals', () => {
  it('keeps the unit with the stronger cause', () => {
    const units = [
      unit(1, 'requested', 0),
      unit(2, 'child', 1),
      unit(3, 'dependency', 1),
    ];
    expect(settleRivals(units, [[1, 2, 3]])).toEqual({
      units: [units[0]],
      rivalries: [
        { keptId: 1, leftOutId: 2 },
        { keptId: 1, leftOutId: 3 },
      ],
    });
  });

  it('keeps the unit of the later entry among equals, and all without rivals', () => {
    const units = [
      unit(1, 'requested', 0),
      unit(2, 'requested', 1),
      unit(3, 'child', 0),
    ];
    expect(settleRivals(units, [[1, 2]])).toEqual({
      units: [units[1], units[2]],
      rivalries: [{ keptId: 2, leftOutId: 1 }],
    });
  });
});
