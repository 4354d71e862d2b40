import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describeWithTool } from '../testing/describeWithTool';
import { compareEvr } from './compareEvr';
import { formatEvr, parseEvr } from './Evr';
import { arbitraryEvr } from './__testUtils__/arbitraryEvr';

// rpm's `print` ends its lines in some releases and not in others, hence the semicolon.
const COMPARE_LINES = [
  'for line in io.lines() do',
  'local tab = line:find("\\t")',
  'print(rpm.vercmp(line:sub(1, tab - 1), line:sub(tab + 1)) .. ";")',
  'end',
].join(' ');

describeWithTool('rpm', 'compareEvr beside rpm', () => {
  it('agrees on random pairs', () => {
    // rpm refuses an empty version
    const evr = arbitraryEvr.filter(({ version }) => version !== '');
    const pairs = fc
      .sample(fc.tuple(evr, evr), { seed: 20240501, numRuns: 600 })
      .map(pair => pair.map(formatEvr));

    const output = execFileSync('rpm', ['--eval', `%{lua:${COMPARE_LINES}}`], {
      input: pairs.map(pair => `${pair.join('\t')}\n`).join(''),
      encoding: 'utf8',
    });
    const answers = output.match(/-?\d+(?=;)/g)!.map(Number);

    expect(
      pairs.map(([a, b]) => [a, b, compareEvr(parseEvr(a), parseEvr(b))]),
    ).toEqual(pairs.map(([a, b], i) => [a, b, answers[i]]));
  });
});
