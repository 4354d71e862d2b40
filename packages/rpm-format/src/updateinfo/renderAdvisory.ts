import { renderAttributes, renderTextElement } from '../xml';
import {
  Advisory,
  AdvisoryCollection,
  AdvisoryPackage,
  AdvisoryReference,
} from './Advisory';

/** The beginning and the end of updateinfo.xml, around any number of rendered advisories. */
export const UPDATEINFO_HEADER =
  '<?xml version="1.0" encoding="UTF-8"?>\n<updates>\n';
export const UPDATEINFO_FOOTER = '</updates>\n';

/**
 * Renders an advisory for updateinfo.xml; equal advisories give equal bytes.
 *
 * @remarks
 * Elements and attributes are those of createrepo_c 0.17 in its order. A package's `sum` is left out
 * when its kind is not known.
 */
export function renderAdvisory(advisory: Advisory): string {
  const attributes = renderAttributes({
    from: advisory.fromstr,
    status: advisory.status,
    type: advisory.type,
    version: advisory.version,
  });
  return [
    `  <update${attributes}>\n`,
    renderTextElement('    ', 'id', advisory.id),
    renderText('title', advisory.title),
    renderDate('issued', advisory.issuedDate),
    renderDate('updated', advisory.updatedDate),
    renderText('rights', advisory.rights),
    renderText('release', advisory.release),
    renderText('pushcount', advisory.pushcount),
    renderText('severity', advisory.severity),
    renderText('summary', advisory.summary),
    renderText('description', advisory.description),
    renderText('solution', advisory.solution),
    renderSuggestion('    ', 'reboot_suggested', advisory.rebootSuggested),
    renderReferences(advisory.references),
    renderPkglist(advisory.pkglist),
    '  </update>\n',
  ].join('');
}

function renderText(name: string, text: string | undefined): string {
  return text === undefined ? '' : renderTextElement('    ', name, text);
}

function renderDate(name: string, date: string | undefined): string {
  return date === undefined
    ? ''
    : `    <${name}${renderAttributes({ date })}/>\n`;
}

function renderSuggestion(indent: string, name: string, suggested: boolean) {
  return suggested ? renderTextElement(indent, name, 'True') : '';
}

function renderReferences(references: AdvisoryReference[]): string {
  if (references.length === 0) {
    return '    <references/>\n';
  }
  const lines = references.map(
    ({ href, id, type, title }) =>
      `      <reference${renderAttributes({ href, id, type, title })}/>\n`,
  );
  return `    <references>\n${lines.join('')}    </references>\n`;
}

function renderPkglist(collections: AdvisoryCollection[]): string {
  return collections.length === 0
    ? '    <pkglist/>\n'
    : `    <pkglist>\n${collections
        .map(renderCollection)
        .join('')}    </pkglist>\n`;
}

function renderCollection(collection: AdvisoryCollection): string {
  const { name, shortname, module, packages } = collection;
  return [
    `      <collection${renderAttributes({ short: shortname })}>\n`,
    name === undefined ? '' : renderTextElement('        ', 'name', name),
    module
      ? `        <module${renderAttributes({
          name: module.name,
          stream: module.stream,
          version: module.version,
          context: module.context,
          arch: module.arch,
        })}/>\n`
      : '',
    ...packages.map(renderAdvisoryPackage),
    '      </collection>\n',
  ].join('');
}

function renderAdvisoryPackage(pkg: AdvisoryPackage): string {
  const indent = '          ';
  const { name, version, release, epoch, arch, src, sum, sumType } = pkg;
  return [
    `        <package${renderAttributes({
      name,
      version,
      release,
      epoch,
      arch,
      src,
    })}>\n`,
    pkg.filename === undefined
      ? ''
      : renderTextElement(indent, 'filename', pkg.filename),
    sum && sumType
      ? renderTextElement(
          indent,
          'sum',
          sum,
          renderAttributes({ type: sumType }),
        )
      : '',
    renderSuggestion(indent, 'reboot_suggested', pkg.rebootSuggested),
    renderSuggestion(indent, 'restart_suggested', pkg.restartSuggested),
    renderSuggestion(indent, 'relogin_suggested', pkg.reloginSuggested),
    '        </package>\n',
  ].join('');
}
