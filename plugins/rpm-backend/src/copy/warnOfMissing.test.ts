import { mockServices } from '@backstage/backend-test-utils';
import { warnOfMissing } from './warnOfMissing';

describe('warnOfMissing', () => {
  const closureWith = (count: number, missingCount = count) => ({
    closure: {
      entries: [],
      steps: [],
      missingCount,
      allowedCount: 0,
      missing: Array.from({ length: count }, (_, index) => ({
        entry: '0',
        problem: 'nothing-provides' as const,
        requirement: `lib${index}`,
        unit: 1,
        held: false,
        allowed: false,
        step: 0,
        sentence: `app requires lib${index}.`,
      })),
    },
  });

  it('logs each missing requirement as a warning', () => {
    const logger = mockServices.logger.mock();
    warnOfMissing(logger, closureWith(2));
    expect(logger.warn.mock.calls).toEqual([
      ['The copy is incomplete: app requires lib0.'],
      ['The copy is incomplete: app requires lib1.'],
    ]);
  });

  it('counts those that are not named', () => {
    const logger = mockServices.logger.mock();
    warnOfMissing(logger, closureWith(2, 9));
    expect(logger.warn).toHaveBeenCalledTimes(3);
    expect(logger.warn).toHaveBeenLastCalledWith(
      'The copy is incomplete: 7 more requirements are missing.',
    );
  });

  it('says nothing of what may be missing', () => {
    const logger = mockServices.logger.mock();
    const { closure } = closureWith(3);
    closure.missing[2].allowed = true;
    warnOfMissing(logger, { closure: { ...closure, allowedCount: 1 } });
    expect(logger.warn).toHaveBeenCalledTimes(2);
  });

  it('is silent when nothing is missing, or nobody has looked', () => {
    const logger = mockServices.logger.mock();
    warnOfMissing(logger, closureWith(0));
    warnOfMissing(logger, { closure: undefined });
    expect(logger.warn).not.toHaveBeenCalled();
  });
});
