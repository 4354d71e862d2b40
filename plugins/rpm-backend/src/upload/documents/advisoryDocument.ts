import type {
  Advisory,
  AdvisoryCollection,
  AdvisoryPackage,
} from '@rpmportal/rpm-format';
import { z } from 'zod';
import { sentencesOf } from '../../validation/issues';
import type { ReadDocument } from './types';

/** Ids are looked up, which databases do for short texts only. */
const MAX_ID_LENGTH = 255;

/** As many problems as a caller is told at once. */
const TOLD = 20;

/** Names of updateinfo.xml that differ from the API's. */
const ALIASES = {
  from: 'fromstr',
  issued: 'issued_date',
  updated: 'updated_date',
};
const COLLECTION_ALIASES = { short: 'shortname' };

/** What XML 1.0 cannot express, so that no client would ever read it. */
const INEXPRESSIBLE = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Whole numbers, which tools write for versions and epochs, are as good as their texts. */
const text = z.preprocess(
  value => (Number.isSafeInteger(value) ? String(value) : value),
  z
    .string()
    .refine(
      value => !INEXPRESSIBLE.test(value),
      'Control characters are not allowed.',
    ),
);
const optionalText = text.nullish();
const name = text.refine(value => value !== '', 'This field may not be blank.');

/** The elements hold `True`; JSON has booleans. */
const flag = z.preprocess(value => {
  if (/^(true|1)$/i.test(String(value))) return true;
  return /^(false|0)$/i.test(String(value)) ? false : value;
}, z.boolean().nullish());

const checksumType = z.preprocess(
  value => (typeof value === 'string' ? value.toLowerCase() : value),
  z
    .enum([
      '',
      'unknown',
      'md5',
      'sha',
      'sha1',
      'sha224',
      'sha256',
      'sha384',
      'sha512',
    ])
    .nullish(),
);

const packageSchema = z.strictObject({
  name,
  epoch: optionalText,
  version: text,
  release: text,
  arch: text,
  src: optionalText,
  filename: optionalText,
  sum: optionalText,
  sum_type: checksumType,
  reboot_suggested: flag,
  restart_suggested: flag,
  relogin_suggested: flag,
});

const collectionSchema = z.strictObject({
  name: optionalText,
  shortname: optionalText,
  module: z
    .strictObject({
      name,
      stream: name,
      version: text,
      context: text,
      arch: text,
    })
    .nullish(),
  packages: z.array(packageSchema).nullish(),
});

const referenceSchema = z.strictObject({
  href: optionalText,
  id: optionalText,
  title: optionalText,
  type: optionalText,
});

const advisorySchema = z.strictObject({
  id: text.refine(
    value => (value as string).length <= MAX_ID_LENGTH,
    `Ensure this field has no more than ${MAX_ID_LENGTH} characters.`,
  ),
  updated_date: text,
  issued_date: text,
  fromstr: optionalText,
  status: optionalText,
  type: optionalText,
  version: optionalText,
  title: optionalText,
  rights: optionalText,
  release: optionalText,
  pushcount: optionalText,
  severity: optionalText,
  summary: optionalText,
  description: optionalText,
  solution: optionalText,
  reboot_suggested: flag,
  references: z.array(referenceSchema).nullish(),
  pkglist: z
    .array(
      z.preprocess(
        value => rename(value, COLLECTION_ALIASES),
        collectionSchema,
      ),
    )
    .refine(collections => {
      const names = collections.flatMap(collection => collection.name || []);
      return new Set(names).size === names.length;
    }, 'The collections of an advisory must have different names.')
    .nullish(),
});

type AdvisoryDocument = z.output<typeof advisorySchema>;
type CollectionDocument = z.output<typeof collectionSchema>;
type PackageDocument = z.output<typeof packageSchema>;

/**
 * Reads an advisory from the JSON of an upload, whose keys are named as in updateinfo.xml or as in
 * the API (pulp-wire-format.md, 1.4.2).
 */
export function readAdvisoryDocument(
  bytes: Uint8Array,
): ReadDocument<Advisory> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return { problems: ['JSON file is expected', (error as Error).message] };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { problems: ['JSON file is expected', 'It holds no object.'] };
  }
  const fields = rename(json, ALIASES) as Record<string, unknown>;
  if (!fields.id || !fields.updated_date || !fields.issued_date) {
    return {
      problems: [
        "All 'id', 'updated_date' and 'issued_date' must be specified.",
      ],
    };
  }
  const result = advisorySchema.safeParse(fields, { reportInput: true });
  if (result.success) return { document: toAdvisory(result.data) };
  return {
    problems: sentencesOf(result.error.issues)
      .slice(0, TOLD)
      .map(
        ({ path, sentence }) => `${path.map(String).join('.')}: ${sentence}`,
      ),
  };
}

/** Where both names are given, the alias stays and is refused as any other unknown key. */
function rename(value: unknown, aliases: Record<string, string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const other = Object.hasOwn(aliases, key) ? aliases[key] : key;
      return [Object.hasOwn(value, other) ? key : other, inner];
    }),
  );
}

function toAdvisory(document: AdvisoryDocument): Advisory {
  return {
    id: document.id,
    ...defined({
      fromstr: document.fromstr,
      status: document.status,
      type: document.type,
      version: document.version,
      title: document.title,
      issuedDate: document.issued_date,
      updatedDate: document.updated_date,
      rights: document.rights,
      release: document.release,
      pushcount: document.pushcount,
      severity: document.severity,
      summary: document.summary,
      description: document.description,
      solution: document.solution,
    }),
    rebootSuggested: document.reboot_suggested ?? false,
    pkglist: (document.pkglist ?? []).map(toCollection),
    references: (document.references ?? []).map(defined),
  };
}

function toCollection(document: CollectionDocument): AdvisoryCollection {
  return {
    ...defined({ name: document.name, shortname: document.shortname }),
    ...(document.module ? { module: document.module } : {}),
    packages: (document.packages ?? []).map(toPackage),
  };
}

function toPackage(document: PackageDocument): AdvisoryPackage {
  const { sum, sum_type: sumType } = document;
  const hasSum = sum && sumType && sumType !== 'unknown';
  return {
    name: document.name,
    epoch: document.epoch || '0',
    version: document.version,
    release: document.release,
    arch: document.arch,
    ...defined({ src: document.src, filename: document.filename }),
    ...(hasSum ? { sum, sumType } : {}),
    rebootSuggested: document.reboot_suggested ?? false,
    restartSuggested: document.restart_suggested ?? false,
    reloginSuggested: document.relogin_suggested ?? false,
  };
}

/** The texts that are there: null stands for none. */
function defined<T extends Record<string, string | null | undefined>>(
  texts: T,
): { [K in keyof T]?: string } {
  return Object.fromEntries(
    Object.entries(texts).filter(([, value]) => typeof value === 'string'),
  ) as { [K in keyof T]?: string };
}
