import { parseMirrorList } from './findRepository';

describe('parseMirrorList', () => {
  it('reads one URL a line', () => {
    expect(
      parseMirrorList(
        '# comment\r\nhttps://a.example/el9\r\n\n  http://b.example/el9/ \n',
      ),
    ).toEqual(['https://a.example/el9/', 'http://b.example/el9/']);
  });

  it.each([
    '<html>https://a.example/</html>',
    'https://a.example/\nor not',
    'file:///etc/',
    'https://[/',
  ])('takes %j for something else', text => {
    expect(parseMirrorList(text)).toEqual([]);
  });
});
