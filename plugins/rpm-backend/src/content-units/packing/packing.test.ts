import type { RpmFile, RpmRelation } from '@rpmportal/rpm-format';
import {
  cleanText,
  packChangelogs,
  packFiles,
  packRelations,
  unpackChangelogs,
  unpackFiles,
  unpackRelations,
} from '.';

describe('packed lists', () => {
  const relations: RpmRelation[] = [
    { name: 'plain' },
    { name: 'libc.so.6(GLIBC_2.34)(64bit)', pre: true },
    { name: '(a >= 1 if (b or c))' },
    { name: 'x', flags: 'GE', epoch: '0', version: '1.2' },
    { name: 'y', flags: 'EQ', epoch: '1', version: '2', release: '3.el9' },
    { name: 'z', flags: 'LT', version: '7', pre: true },
  ];

  it('give relations back as they were', () => {
    expect(unpackRelations(packRelations(relations))).toEqual(relations);
    expect(unpackRelations(packRelations([]))).toEqual([]);
  });

  it('hold a relation without version as its bare name', () => {
    expect(packRelations(relations.slice(0, 1))).toBe('plain');
  });

  it('give files back in their order, with their types', () => {
    const files: RpmFile[] = [
      { type: 'dir', path: '/usr/share/doc/a' },
      { type: 'file', path: '/usr/share/doc/a/README' },
      { type: 'ghost', path: '/usr/share/doc/a/cache' },
      { type: 'file', path: '/usr/share/doc/b c' },
      { type: 'dir', path: '/' },
      { type: 'file', path: 'relative' },
      { type: 'ghost', path: '/var/log/a.log' },
    ];
    expect(unpackFiles(packFiles(files))).toEqual(files);
    expect(unpackFiles(packFiles([]))).toEqual([]);
  });

  it('write the folder of neighbouring files once', () => {
    const packed = packFiles(
      ['a', 'b', 'c'].map(name => ({ type: 'file', path: `/opt/it/${name}` })),
    );
    expect(packed.split('/opt/it/')).toHaveLength(2);
  });

  it('give changelogs back, line breaks included', () => {
    const changelogs = [
      { time: 1700000000, author: 'A <a@example> - 1-1', text: '- one\n- two' },
      { time: 0, author: '', text: '' },
    ];
    expect(unpackChangelogs(packChangelogs(changelogs))).toEqual(changelogs);
  });

  it('cannot be broken by control characters in the input', () => {
    expect(unpackRelations(packRelations([{ name: 'a\x1eb\x1fc\0' }]))).toEqual(
      [{ name: 'abc' }],
    );
    expect(
      unpackFiles(packFiles([{ type: 'file', path: '/a\x1f/b\x1e' }])),
    ).toEqual([{ type: 'file', path: '/a/b' }]);
    expect(cleanText('one\ttwo\r\nthree\x07')).toBe('one\ttwo\r\nthree');
  });
});
