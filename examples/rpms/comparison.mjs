import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';

const run = promisify(execFile);

/**
 * Compares two repositories byte by byte.
 *
 * @returns one line for each file that differs or that only one of them has
 */
export async function compareBytes(committed, built) {
  return compareEntries(committed, await bytes(committed), await bytes(built));
}

/**
 * Compares what two repositories say: each package as `rpm -qp` shows it, and
 * the documents their repodata names. Of primary, filelists and other, which
 * hold checksums of the packages and so can never agree here, the number of
 * packages; that the committed primary is about the committed packages is
 * looked at as well.
 *
 * @returns one line for each package or document that differs
 */
export async function compareMeaning(committed, built) {
  return [
    ...compareEntries(
      committed,
      await meaning(committed),
      await meaning(built),
    ),
    ...(await strangers(committed)),
  ];
}

function compareEntries(folder, committed, built) {
  const keys = new Set([...committed.keys(), ...built.keys()]);
  return [...keys].sort().flatMap(key => {
    const path = join(relative(process.cwd(), folder), key);
    if (!built.has(key)) return [`${path}: no longer built`];
    if (!committed.has(key)) return [`${path}: built, but not committed`];
    return committed.get(key) === built.get(key) ? [] : [`${path}: differs`];
  });
}

async function bytes(folder) {
  const files = await filesBelow(folder);
  return new Map(
    await Promise.all(
      files.map(async file => [
        file,
        (await readFile(join(folder, file))).toString('base64'),
      ]),
    ),
  );
}

async function filesBelow(folder) {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)));
}

const relations = [
  'PROVIDE',
  'REQUIRE',
  'CONFLICT',
  'OBSOLETE',
  'RECOMMEND',
  'SUPPLEMENT',
];

const queryFormat = [
  '%{NEVRA} %{MODULARITYLABEL} %{SOURCERPM} %{BUILDTIME} %{BUILDHOST}',
  '%{LICENSE} %{URL} %{VENDOR} %{SUMMARY}',
  '%{DESCRIPTION}',
  '[file %{FILENAMES} %{FILEMODES:perms} %{FILEDIGESTS}\n]',
  '[change %{CHANGELOGTIME} %{CHANGELOGNAME} %{CHANGELOGTEXT}\n]',
  ...relations.map(
    relation =>
      `[${relation} %{${relation}NAME} %{${relation}FLAGS:depflags} %{${relation}VERSION}\n]`,
  ),
].join('\n');

async function meaning(folder) {
  const entries = new Map();
  for (const file of await packagesIn(folder)) {
    const { stdout } = await run('rpm', [
      '-qp',
      '--queryformat',
      queryFormat,
      join(folder, file),
    ]);
    // What a package asks of rpm itself depends on the rpm that built it.
    entries.set(file, stdout.replace(/^REQUIRE rpmlib\(.*\n/gm, ''));
  }
  for (const [type, text] of await documents(folder)) {
    entries.set(
      `repodata (${type})`,
      text.match(/ packages="\d+"/)?.[0] ?? text,
    );
  }
  return entries;
}

/** @returns the documents that repomd.xml names, decompressed, by their type. */
async function documents(folder) {
  const repomd = await readFile(join(folder, 'repodata', 'repomd.xml'), 'utf8');
  const named = repomd.matchAll(
    /<data type="([^"]+)">.*?<location href="([^"]+)"/gs,
  );
  return Promise.all(
    Array.from(named, async ([, type, href]) => {
      const content = await readFile(join(folder, href));
      const text = href.endsWith('.gz') ? gunzipSync(content) : content;
      return [type, text.toString('utf8')];
    }),
  );
}

/** Lines for the packages that the primary of their own folder does not know. */
async function strangers(folder) {
  const primary = new Map(await documents(folder)).get('primary');
  const lines = [];
  for (const file of await packagesIn(folder)) {
    const digest = createHash('sha256')
      .update(await readFile(join(folder, file)))
      .digest('hex');
    if (!primary.includes(digest)) {
      lines.push(
        `${relative(process.cwd(), join(folder, file))}: not in primary`,
      );
    }
  }
  return lines;
}

async function packagesIn(folder) {
  return (await readdir(folder)).filter(file => file.endsWith('.rpm')).sort();
}
