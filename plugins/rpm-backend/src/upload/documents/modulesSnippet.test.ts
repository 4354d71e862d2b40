import { readModulesSnippet } from './modulesSnippet';

const DEFAULTS = `document: modulemd-defaults
version: 1
data: { module: ducks, stream: '1.10' }`;

describe('readModulesSnippet', () => {
  it.each([
    ['bare', DEFAULTS],
    ['between markers', `---\n${DEFAULTS}\n...\n`],
    ['after a comment', `# ducks\n---\n${DEFAULTS}\n`],
  ])('reads a document %s as the same one', (_name, text) => {
    expect(readModulesSnippet('modulemd-defaults', text)).toEqual({
      document: expect.objectContaining({
        module: 'ducks',
        stream: '1.10',
        snippet: `---\n${DEFAULTS}\n...`,
      }),
    });
  });

  it.each([
    ['there are 0 documents instead of one', ''],
    [
      'there are 2 documents instead of one',
      `---\n${DEFAULTS}\n---\n${DEFAULTS}`,
    ],
    ['that is no mapping', 'just text'],
    ['is not valid YAML', 'document: ['],
    [
      "is a 'modulemd-packager' instead of a 'modulemd-defaults'",
      'document: modulemd-packager\nversion: 3\ndata: {}',
    ],
    [
      "is a 'modulemd-obsoletes' instead of a 'modulemd-defaults'",
      'document: modulemd-obsoletes\ndata: { modified: a, module: b, stream: c, message: d }',
    ],
    ['has no data.module', 'document: modulemd-defaults\ndata: {}'],
    ['has a document of more than', 'x'.repeat(5_000_000)],
  ])('refuses a text: %s', (reason, text) => {
    const { problems } = readModulesSnippet('modulemd-defaults', text);
    expect(problems).toEqual([expect.stringContaining(reason)]);
    expect(problems![0]).toMatch(/^Provided modular data is invalid: .*\.$/);
  });
});
