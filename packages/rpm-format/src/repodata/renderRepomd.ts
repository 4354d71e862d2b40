import { renderAttributes, renderTextElement } from '../xml';
import { Checksum, Repomd, RepomdRecord, RepomdTags } from './Repomd';

/** Renders repomd.xml, with elements and attributes in the order in which createrepo_c has them. */
export function renderRepomd({ revision, tags, records }: Repomd): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<repomd xmlns="http://linux.duke.edu/metadata/repo" xmlns:rpm="http://linux.duke.edu/metadata/rpm">\n',
    renderTextElement('  ', 'revision', revision),
    tags ? renderTags(tags) : '',
    ...records.map(renderRecord),
    '</repomd>\n',
  ].join('');
}

function renderTags({ content, repo, distro }: RepomdTags): string {
  const lines = [
    ...content.map(text => renderTextElement('    ', 'content', text)),
    ...repo.map(text => renderTextElement('    ', 'repo', text)),
    ...distro.map(({ cpeid, name }) =>
      renderTextElement('    ', 'distro', name, renderAttributes({ cpeid })),
    ),
  ];
  return lines.length > 0 ? `  <tags>\n${lines.join('')}  </tags>\n` : '';
}

function renderRecord(record: RepomdRecord): string {
  const location = renderAttributes({
    'xml:base': record.locationBase,
    href: record.locationHref,
  });
  return [
    `  <data${renderAttributes({ type: record.type })}>\n`,
    renderChecksum('checksum', record.checksum),
    renderChecksum('open-checksum', record.openChecksum),
    `    <location${location}/>\n`,
    renderNumber('timestamp', record.timestamp),
    renderNumber('size', record.size),
    renderNumber('open-size', record.openSize),
    renderNumber('database_version', record.databaseVersion),
    '  </data>\n',
  ].join('');
}

function renderChecksum(name: string, checksum: Checksum | undefined): string {
  return checksum
    ? renderTextElement(
        '    ',
        name,
        checksum.value,
        renderAttributes({ type: checksum.type }),
      )
    : '';
}

function renderNumber(name: string, value: number | undefined): string {
  return value === undefined
    ? ''
    : renderTextElement('    ', name, String(value));
}
