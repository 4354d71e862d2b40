import { parseLabelSelect } from './labelSelect';

describe('label selections', () => {
  it.each([
    ['k', [{ kind: 'has', key: 'k' }]],
    ['!k', [{ kind: 'lacks', key: 'k' }]],
    ['k=v', [{ kind: 'equals', key: 'k', value: 'v' }]],
    ['k=', [{ kind: 'equals', key: 'k', value: '' }]],
    ['k!=v', [{ kind: 'differs', key: 'k', value: 'v' }]],
    ['k~v', [{ kind: 'contains', key: 'k', value: 'v' }]],
    ['k=a=b~c', [{ kind: 'equals', key: 'k', value: 'a=b~c' }]],
    ['k=a\\,b', [{ kind: 'equals', key: 'k', value: 'a,b' }]],
    ['my key.1-x=v', [{ kind: 'equals', key: 'my key.1-x', value: 'v' }]],
    [
      'a,!b,c~d',
      [
        { kind: 'has', key: 'a' },
        { kind: 'lacks', key: 'b' },
        { kind: 'contains', key: 'c', value: 'd' },
      ],
    ],
  ])('read %s', (text, conditions) => {
    expect(parseLabelSelect(text)).toEqual(conditions);
  });

  it.each([
    ['', "Invalid search term: ''."],
    ['a,', "Invalid search term: ''."],
    ['=v', "Invalid search term: '=v'."],
    ['(k)', "Invalid search term: '(k)'."],
    ['!k=v', "Cannot use an operator with '!k'."],
    ['!k!=v', "Cannot use an operator with '!k'."],
  ])('refuse %j', (text, message) => {
    expect(() => parseLabelSelect(text)).toThrow(message);
  });
});
