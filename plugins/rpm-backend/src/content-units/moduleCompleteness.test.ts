import { parseNevra } from '@rpmportal/rpm-format';
import { moduleCompleteness } from './moduleCompleteness';

const unit = (nevra: string, uuid: string) => ({ ...parseNevra(nevra)!, uuid });

describe('moduleCompleteness', () => {
  it('tells what is here from what is not, in the order of the document', () => {
    const { present, missing } = moduleCompleteness(
      ['b-0:1-1.noarch', 'a-1:1-1.x86_64', 'c-0:1-1.src', 'a-0:1-1.x86_64'],
      [unit('a-1:1-1.x86_64', 'A'), unit('b-0:1-1.noarch', 'B')],
    );
    expect(present.map(({ uuid }) => uuid)).toEqual(['B', 'A']);
    expect(missing).toEqual(['c-0:1-1.src', 'a-0:1-1.x86_64']);
  });

  it('names each once, however it is written', () => {
    const { present, missing } = moduleCompleteness(
      ['a-1-1.noarch', 'a-0:1-1.noarch', 'b-1-1.noarch', 'b-0:1-1.noarch'],
      [unit('a-0:1-1.noarch', 'A'), unit('a-0:1-1.noarch', 'A2')],
    );
    expect(present.map(({ uuid }) => uuid)).toEqual(['A', 'A2']);
    expect(missing).toEqual(['b-1-1.noarch']);
  });

  it('misses what names no package', () => {
    expect(moduleCompleteness(['what', 'what'], []).missing).toEqual(['what']);
  });
});
