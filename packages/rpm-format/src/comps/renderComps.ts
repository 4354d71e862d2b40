import { createHash } from 'node:crypto';
import { renderAttributes, renderTextElement } from '../xml';
import {
  CompsGroup,
  CompsGroupRef,
  CompsTexts,
  CompsUnit,
  Translations,
} from './CompsUnit';

const KINDS: CompsUnit['kind'][] = [
  'group',
  'category',
  'environment',
  'langpacks',
];

/** Renders a comps file: groups, categories, environments, langpacks, each in the order given. */
export function renderComps(units: Iterable<CompsUnit>): string {
  const all = [...units];
  const elements = KINDS.flatMap(kind =>
    all.filter(unit => unit.kind === kind).map(renderCompsUnit),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<!DOCTYPE comps PUBLIC "-//Red Hat, Inc.//DTD Comps info//EN" "comps.dtd">\n',
    '<comps>\n',
    ...elements,
    '</comps>\n',
  ].join('');
}

/**
 * The identity of a unit's content: the SHA-256, in hex, of its canonical XML, the element that
 * {@link renderComps} writes for it. The order of translations does not matter, that of members does.
 */
export function compsDigest(unit: CompsUnit): string {
  return createHash('sha256').update(renderCompsUnit(unit)).digest('hex');
}

function renderCompsUnit(unit: CompsUnit): string {
  switch (unit.kind) {
    case 'group':
      return renderUnit(unit.kind, [renderTexts(unit), renderGroup(unit)]);
    case 'category':
      return renderUnit(unit.kind, [
        renderTexts(unit),
        renderGroupRefs('grouplist', unit.groups),
      ]);
    case 'environment':
      return renderUnit(unit.kind, [
        renderTexts(unit),
        renderGroupRefs('grouplist', unit.groups),
        renderGroupRefs('optionlist', unit.optionalGroups),
      ]);
    default:
      return renderUnit(
        unit.kind,
        sortedEntries(unit.matches).map(
          ([name, install]) =>
            `    <match${renderAttributes({ name, install })}/>\n`,
        ),
      );
  }
}

function renderUnit(name: string, parts: string[]): string {
  return `  <${name}>\n${parts.join('')}  </${name}>\n`;
}

function renderTexts(unit: CompsTexts): string {
  return [
    renderTextElement('    ', 'id', unit.id),
    renderTextElement('    ', 'name', unit.name),
    renderTranslations('name', unit.nameByLang),
    renderTextElement('    ', 'description', unit.description),
    renderTranslations('description', unit.descByLang),
    unit.displayOrder === undefined
      ? ''
      : renderTextElement('    ', 'display_order', String(unit.displayOrder)),
  ].join('');
}

function renderTranslations(name: string, translations: Translations): string {
  return sortedEntries(translations)
    .map(([language, text]) =>
      renderTextElement(
        '    ',
        name,
        text,
        renderAttributes({ 'xml:lang': language }),
      ),
    )
    .join('');
}

function renderGroup(group: CompsGroup): string {
  const packages = group.packages.map(pkg =>
    renderTextElement(
      '      ',
      'packagereq',
      pkg.name,
      renderAttributes({
        type: pkg.type,
        requires: pkg.requires,
        basearchonly: pkg.baseArchOnly ? 'true' : undefined,
      }),
    ),
  );
  return [
    renderTextElement('    ', 'default', String(group.default)),
    renderTextElement('    ', 'uservisible', String(group.userVisible)),
    group.biarchOnly ? renderTextElement('    ', 'biarchonly', 'true') : '',
    group.langOnly ? renderTextElement('    ', 'langonly', group.langOnly) : '',
    renderList('packagelist', packages),
  ].join('');
}

function renderGroupRefs(name: string, refs: CompsGroupRef[]): string {
  return renderList(
    name,
    refs.map(ref =>
      renderTextElement(
        '      ',
        'groupid',
        ref.id,
        renderAttributes({ default: ref.default ? 'true' : undefined }),
      ),
    ),
  );
}

/** Empty lists are left out: libcomps objects to them. */
function renderList(name: string, members: string[]): string {
  return members.length === 0
    ? ''
    : `    <${name}>\n${members.join('')}    </${name}>\n`;
}

/** By code unit, so that no locale has a say. */
function sortedEntries(record: Record<string, string>): [string, string][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
