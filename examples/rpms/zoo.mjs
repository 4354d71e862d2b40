/**
 * The reference package set: 35 packages of 31 names, requirements in circles
 * (dolphin, lion, tiger, wolf; horse, mouse, zebra, …), several versions of
 * some. Names, versions and requirements are those of the sample repository
 * that the Pulp guides work with, so that their examples can be followed; the
 * packages are built here.
 *
 * One line a package: name, version-release, and what it requires.
 */
const animals = `
bear        4.1-1
camel       0.1-1
cat         1.0-1
cheetah     1.25.3-5     trout
chimpanzee  0.21-1       squirrel walrus
cockateel   3.1-1        wolf
cow         2.2-3
crow        0.8-1
dog         4.23-1
dolphin     3.10.232-1   bear lion tiger
duck        0.6-1        cockateel lion
duck        0.7-1
duck        0.8-1
elephant    8.3-1        kangaroo
fox         1.1-2
frog        0.1-1
giraffe     0.67-2
gorilla     0.62-1
horse       0.22-2       mouse penguin
kangaroo    0.2-1
kangaroo    0.3-1
lion        0.4-1        wolf
mouse       0.1.12-1     dolphin zebra
penguin     0.9.1-1      dolphin
pike        2.2-1        crow elephant
shark       0.1-1
squirrel    0.1-1        camel fox
stork       0.12-2
tiger       1.0-4
trout       0.12-1       cat horse
walrus      0.71-1       whale
walrus      5.21-1
whale       0.2-1        shark stork
wolf        9.4-2
zebra       0.1-2        dolphin gorilla pike
`;

/**
 * @returns the spec files of the reference package set, as pairs of a file
 *   name and its text
 */
export function zooSpecs() {
  return animals
    .trim()
    .split('\n')
    .map(line => {
      const [name, evr, ...requires] = line.split(/\s+/);
      return [`${name}-${evr}.spec`, animalSpec(name, evr, requires)];
    });
}

function animalSpec(name, evr, requires) {
  const [version, release] = evr.split('-');
  return `\
Name:           ${name}
Version:        ${version}
Release:        ${release}
Summary:        The ${name} of the sample zoo
License:        Apache-2.0
URL:            https://zoo.example/
BuildArch:      noarch
${requires.map(animal => `Requires:       ${animal}\n`).join('')}
%description
One animal of a zoo whose animals require each other.

%install
install -d %{buildroot}/usr/share/zoo
echo '${name} %{version}' > %{buildroot}/usr/share/zoo/${name}.txt

%files
/usr/share/zoo/${name}.txt

%changelog
* Mon Jan 05 2026 Zoo keepers <keepers@zoo.example> - ${evr}
- Move in
`;
}
