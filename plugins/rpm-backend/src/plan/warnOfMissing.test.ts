import { mockServices } from '@backstage/backend-test-utils';
import { warnOfMissing } from './warnOfMissing';

describe('warnOfMissing', () => {
  const reportOf = (
    sentences: string[],
    counts: { missing?: number; allowed?: number; absent?: number } = {},
  ) => ({
    counts: {
      requested: 1,
      children: 0,
      dependencies: 0,
      missing: sentences.length,
      allowed: 0,
      ignored: 0,
      absent: 0,
      warnings: 0,
      incomplete: 0,
      conflicts: 0,
      ...counts,
    },
    missing: sentences.map(sentence => ({
      requirement: 'lib',
      required_by: 'app',
      held: false,
      allowed: false,
      sentence,
      chain: 'requested app',
    })),
    absent: [],
    warnings: [],
    incomplete: [],
  });

  it('logs each missing requirement as a warning', () => {
    const logger = mockServices.logger.mock();
    warnOfMissing(logger, reportOf(['app requires a.', 'app requires b.']));
    expect(logger.warn.mock.calls).toEqual([
      ['The copy is incomplete: app requires a.'],
      ['The copy is incomplete: app requires b.'],
    ]);
  });

  it('counts those that are not named', () => {
    const logger = mockServices.logger.mock();
    warnOfMissing(
      logger,
      reportOf(['app requires a.'], { missing: 9, allowed: 1 }),
    );
    expect(logger.warn).toHaveBeenCalledTimes(2);
    expect(logger.warn).toHaveBeenLastCalledWith(
      'The copy is incomplete: 7 more requirements are missing.',
    );
  });

  it('says nothing of what may be missing', () => {
    const logger = mockServices.logger.mock();
    const report = reportOf(['app requires a.'], { allowed: 1 });
    report.missing[0].allowed = true;
    warnOfMissing(logger, report);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('logs what advisories list', () => {
    const logger = mockServices.logger.mock();
    const report = reportOf([], { absent: 2 });
    const sentence = 'advisory A lists b, which is nowhere.';
    warnOfMissing(logger, {
      ...report,
      absent: [
        { label: 'b', listed_by: 'advisory A', repository: '', sentence },
      ],
    });
    expect(logger.warn.mock.calls).toEqual([
      [`The copy is incomplete: ${sentence}`],
      [
        'The copy is incomplete: 1 more units that advisories list are missing.',
      ],
    ]);
  });
});
