import {
  hrefOf,
  parseReference,
  prnOf,
  versionHrefOf,
  type EntityKind,
} from './identifiers';

const uuid = '019bf000-0000-7000-8000-000000000001';

describe('identifiers', () => {
  it.each<EntityKind>([
    'repository',
    'remote',
    'task',
    'taskGroup',
    'rpm.package',
  ])('reads the href and the PRN of a %s back', kind => {
    expect(parseReference(hrefOf(kind, uuid))).toEqual({ kind, uuid });
    expect(parseReference(prnOf(kind, uuid))).toEqual({ kind, uuid });
  });

  it('reads version hrefs and version PRNs', () => {
    expect(parseReference(versionHrefOf(uuid, 12))).toEqual({
      kind: 'version',
      repositoryUuid: uuid,
      number: 12,
    });
    expect(parseReference(prnOf('version', uuid))).toEqual({
      kind: 'version',
      uuid,
    });
  });

  it.each([
    '',
    uuid,
    `/pulp/api/v3/remotes/rpm/rpm/${uuid}/`,
    `/api/rpm/pulp/api/v3/remotes/rpm/rpm/${uuid}`,
    `/api/rpm/pulp/api/v3/remotes/rpm/rpm/${uuid}/versions/1/`,
    `/api/rpm/pulp/api/v3/nothing/${uuid}/`,
    `prn:rpm.nothing:${uuid}`,
  ])('refuses %j', text => {
    expect(parseReference(text)).toBeUndefined();
  });
});
