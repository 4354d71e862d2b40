import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { InvalidModulesDocument, ModulesDocument } from './ModulesDocument';
import { readModules } from './readModules';
import { renderModules, splitModules } from './splitModules';

const walrus = `---
document: modulemd
version: 2
data:
  name: walrus
  stream: 1.10
  version: 20180707144203
  context: c0ffee42
  arch: x86_64
  static_context: true
  summary: Walrus 1.10 module
  description: >-
    A module for the walrus 1.10 package
  license:
    module: [MIT]
  dependencies:
  - buildrequires:
      platform: [el8]
    requires:
      platform: [el8]
      perl: []
  profiles:
    default:
      rpms:
      - walrus
    empty: {}
  artifacts:
    rpms:
    - walrus-0:5.21-1.noarch
...`;

const defaults = `---
document: modulemd-defaults
version: 1
data:
  module: walrus
  stream: "1.10"
  profiles:
    1.10: [default]
    0.71: []
...`;

const obsoletes = `---
document: modulemd-obsoletes
version: 1
data:
  modified: 2020-05-01T00:00Z
  module: walrus
  stream: 0.71
  message: use 1.10
  reset: false
  context: c0ffee42
  eol_date: 2021-05-01T00:00Z
  obsoleted_by:
    module: walrus
    stream: 1.10
...`;

const translations = `---
document: modulemd-translations
version: 1
data:
  module: walrus
  stream: 1.10
  modified: 201805231425
...`;

const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('hex');

async function read(...chunks: (string | Uint8Array)[]) {
  const documents: (ModulesDocument | InvalidModulesDocument)[] = [];
  for await (const document of readModules(chunks)) {
    documents.push(document);
  }
  return documents;
}

async function readOne(snippet: string) {
  const documents = await read(snippet);
  expect(documents).toHaveLength(1);
  return documents[0];
}

describe('readModules', () => {
  it('reads every kind of document, each scalar as the text that it is', async () => {
    const text = renderModules([walrus, defaults, obsoletes, translations]);

    expect(await read(text)).toEqual([
      {
        kind: 'modulemd',
        name: 'walrus',
        stream: '1.10',
        version: '20180707144203',
        context: 'c0ffee42',
        arch: 'x86_64',
        staticContext: true,
        summary: 'Walrus 1.10 module',
        description: 'A module for the walrus 1.10 package',
        licenses: ['MIT'],
        dependencies: [
          {
            buildrequires: { platform: ['el8'] },
            requires: { platform: ['el8'], perl: [] },
          },
        ],
        profiles: { default: ['walrus'], empty: [] },
        artifacts: ['walrus-0:5.21-1.noarch'],
        snippet: walrus,
        digest: sha256(walrus),
      },
      {
        kind: 'modulemd-defaults',
        module: 'walrus',
        stream: '1.10',
        profiles: { '1.10': ['default'], '0.71': [] },
        snippet: defaults,
        digest: sha256(defaults),
      },
      {
        kind: 'modulemd-obsoletes',
        modified: '2020-05-01T00:00Z',
        module: 'walrus',
        stream: '0.71',
        message: 'use 1.10',
        reset: false,
        context: 'c0ffee42',
        eolDate: '2021-05-01T00:00Z',
        obsoletedBy: { module: 'walrus', stream: '1.10' },
        snippet: obsoletes,
        digest: sha256(obsoletes),
      },
      {
        kind: 'unknown',
        documentType: 'modulemd-translations',
        documentVersion: '1',
        name: 'walrus:1.10',
        snippet: translations,
        digest: sha256(translations),
      },
    ]);
  });

  it('reads version 1 dependencies as one alternative', async () => {
    const document = walrus
      .replace('version: 2', 'version: 1')
      .replace(
        /dependencies:\n(.*\n)*? {2}profiles:/,
        'dependencies:\n    requires: {platform: f28}\n  profiles:',
      );

    expect(await readOne(document)).toMatchObject({
      kind: 'modulemd',
      dependencies: [{ requires: { platform: ['f28'] } }],
    });
  });

  it('takes a module with nothing but the required', async () => {
    const document = walrus
      .replace(/ {2}dependencies:[^]*/, '...')
      .replace(/ {2}static_context.*\n/, '')
      .replace('summary: Walrus 1.10 module', 'summary:');

    const module = await readOne(document);
    expect(module).toMatchObject({
      kind: 'modulemd',
      summary: '',
      artifacts: [],
      dependencies: [],
      profiles: {},
    });
    expect(module).not.toHaveProperty('staticContext');
  });

  it('keeps a later version of the format as unknown', async () => {
    expect(
      await readOne(walrus.replace('version: 2', 'version: 4')),
    ).toMatchObject({
      kind: 'unknown',
      documentType: 'modulemd',
      documentVersion: '4',
      name: 'walrus:1.10',
    });
  });

  it('knows of what is not understood only what it is called', async () => {
    const snippet = '---\ndocument: modulemd-riddles\ndata: [walrus]\n...';
    expect(await readOne(snippet)).toEqual({
      kind: 'unknown',
      documentType: 'modulemd-riddles',
      snippet,
      digest: sha256(snippet),
    });
  });

  it('accepts quoted text that continues at the margin, as libyaml writes it', async () => {
    const document = walrus.replace(
      'Walrus 1.10 module',
      "'Walrus\n\n   1.10\n\n'",
    );

    expect(await readOne(document)).toMatchObject({
      kind: 'modulemd',
      summary: 'Walrus\n1.10\n',
    });
  });

  it('reports a bad document by place and name and goes on with the rest', async () => {
    const broken = walrus.replace('data:\n', 'data:\n  - {\n');
    const documents = await read(
      renderModules([defaults, broken, walrus, 'document: modulemd', walrus]),
    );

    expect(documents.map(({ kind }) => kind)).toEqual([
      'modulemd-defaults',
      'invalid',
      'modulemd',
      'invalid',
      'modulemd',
    ]);
    expect(documents[1]).toEqual({
      kind: 'invalid',
      position: 2,
      name: 'walrus',
      message: expect.stringMatching(
        /^modules.yaml has document 2 \(walrus\) that is not valid YAML: line \d+: /,
      ),
      snippet: broken,
      digest: sha256(broken),
    });
    expect(documents[3]).toMatchObject({
      position: 4,
      message: 'modules.yaml has document 4 that has no data',
    });
  });

  it.each([
    [/ {2}name:.*\n/, '', '(1.10) that has no data.name'],
    [/ {2}context:.*\n/, '', '(walrus:1.10) that has no data.context'],
    [/ {2}summary:.*\n/, '', 'has no data.summary'],
    [/ {2}description:.*\n.*\n/, '', 'has no data.description'],
    [/module: \[MIT\]/, 'content: [MIT]', 'has no data.license.module'],
    ['arch: x86_64', 'arch:', 'has no data.arch'],
    ['20180707144203', '1.5', 'has the impossible data.version "1.5"'],
    ['stream: 1.10', 'stream: "a:b"', 'the impossible data.stream "a:b"'],
    ['name: walrus', 'name: [walrus]', 'has data.name that is no text'],
    ['static_context: true', 'static_context: 1', 'neither true nor false'],
    [
      '- walrus-0:5.21-1.noarch',
      '- [a]',
      'data.artifacts.rpms that is no text',
    ],
    ['empty: {}', 'empty: []', 'has data.profiles.empty that is no mapping'],
    [/data:[^]*/, 'data: text\n...', 'has data that is no mapping'],
    ['document: modulemd', 'doc: modulemd', 'has no document'],
    [/[^]*/, '- a\n', 'has content that is no mapping'],
    ['name: walrus', 'name: walrus\n  name: bear', 'duplicated mapping key'],
    ['name: walrus', 'name: *nowhere', 'unidentified alias'],
    ['name: walrus', 'name: !!js/undefined x', 'unknown tag'],
  ])('says what is wrong when %s becomes %j', async (part, by, message) => {
    const document = await readOne(walrus.replace(part, by));

    expect(document).toMatchObject({
      kind: 'invalid',
      position: 1,
      message: expect.stringContaining(message),
    });
  });

  it('does not multiply what aliases repeat', async () => {
    const names = Array.from({ length: 1000 }, () => 'a').join(',');
    const aliases = Array.from({ length: 1000 }, (_, i) => `p${i}: *a`);
    const document = walrus
      .replace('    default:\n', `    first: &a {rpms: [${names}]}\n`)
      .replace('      rpms:\n      - walrus\n', '')
      .replace('    empty: {}', aliases.map(line => `    ${line}`).join('\n'));

    expect(await readOne(document)).toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('has more than 200000 values'),
    });
  });

  it('bounds nesting', async () => {
    expect(await readOne(`a: ${'['.repeat(100_000)}`)).toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('nesting exceeded'),
    });
  });

  it('bounds the length of a document', async () => {
    const endless = function* endless() {
      yield '---\n';
      for (;;) {
        yield 'a'.repeat(64 * 1024);
      }
    };
    const reading = async () => {
      for await (const document of readModules(endless())) {
        expect(document).toBeUndefined();
      }
    };

    await expect(reading()).rejects.toMatchObject({
      name: 'RepodataError',
      kind: 'modules',
      message: 'modules.yaml has a document of more than 4194304 characters',
    });
  });

  it('keeps names like inherited properties apart', async () => {
    const document = await readOne(
      defaults.replace('1.10: [default]', '__proto__: [constructor]'),
    );

    expect(document.kind === 'modulemd-defaults' && document.profiles).toEqual(
      Object.fromEntries([
        ['__proto__', ['constructor']],
        ['0.71', []],
      ]),
    );
  });
});

describe('splitModules', () => {
  it.each([
    ['nothing', '', []],
    ['only comments', '# a\n\n---\n# b\n...\n', []],
    ['one without markers', 'a: 1\n', ['---\na: 1\n...']],
    ['one after a comment', '# hi\n---\na: 1', ['---\na: 1\n...']],
    ['blank lines around', '---\n\n  \na: 1\n\n...\n', ['---\na: 1\n...']],
    [
      'an indented start',
      '---\n\n  a: 1\n  b: 2',
      ['---\n  a: 1\n  b: 2\n...'],
    ],
    ['a start beside the marker', '--- {a: 1}\n', ['---\n{a: 1}\n...']],
    ['no end marker', '---\na\n---\nb', ['---\na\n...', '---\nb\n...']],
    ['no start marker', 'a\n...\nb\n...', ['---\na\n...', '---\nb\n...']],
    [
      'dashes elsewhere',
      'a: |\n  ---\n  x\nb: -- ---',
      ['---\na: |\n  ---\n  x\nb: -- ---\n...'],
    ],
    ['a scalar like a marker', '---a: 1', ['---\n---a: 1\n...']],
    [
      'other line ends',
      '---\r\na: 1\r\nb: 2\r\n...\r\n',
      ['---\na: 1\r\nb: 2\n...'],
    ],
  ])('splits a text with %s', (_what, text, snippets) => {
    expect(splitModules(text)).toEqual(snippets);
  });

  it('finds again what renderModules puts together, however it is cut', async () => {
    const line = fc
      .string({ unit: fc.constantFrom(...'a:-. #\té"') })
      .filter(text => !/^(---|\.\.\.)/.test(text));
    const snippet = fc
      .array(line, { minLength: 1, maxLength: 5 })
      .map(lines => `key:\n${lines.join('\n')}`.trimEnd())
      .map(text => `---\n${text}\n...`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(snippet, { maxLength: 4 }),
        fc.integer({ min: 1, max: 30 }),
        async (snippets, size) => {
          const text = renderModules(snippets);
          const bytes = Buffer.from(text);
          const chunks = Array.from(
            { length: Math.ceil(bytes.length / size) },
            (_, i) => bytes.subarray(i * size, (i + 1) * size),
          );
          const documents = await read(...chunks);

          expect(splitModules(text)).toEqual(snippets);
          expect(documents.map(document => document.snippet)).toEqual(snippets);
        },
      ),
    );
  });
});
