import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {trustRunbook} from '../../source/files/trusted.ts';
import {fittingOn, onShelf, openShelf, takeRunbook} from '../../source/runbooks/shelf.ts';

let home: string;
let environment: Readonly<Record<string, string>>;
let work: string;
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'midwatch-shelf-'));
	environment = {HOME: home, XDG_CONFIG_HOME: join(home, 'config'), XDG_STATE_HOME: join(home, 'state')};
	work = join(home, 'work');
	await mkdir(work);
});
afterEach(() => rm(home, {recursive: true}));

async function put(path: string, content: string | Buffer): Promise<string> {
	const file = join(home, path);
	await mkdir(join(file, '..'), {recursive: true});
	await writeFile(file, content);
	return file;
}

const open = () => openShelf(environment, work);
const node = (title: string) => `---\nfindings: [node-not-ready]\n---\n# ${title}\n\n1. look\n`;
const occasion = {finding: {name: 'node-not-ready:nuc-2'}};

test('those shipped are there without anything', async () => {
	const shelf = await open();
	expect(shelf.unreadable).toEqual([]);
	expect(fittingOn(shelf, occasion).map(({id}) => id)).toEqual(['node-failure']);
	expect(shelf.runbooks.every(({trusted, runbook}) => trusted && runbook.origin === 'library')).toBe(true);
});

test('one of the user comes before the one shipped, and replaces it where it has its name', async () => {
	await put('config/midwatch/runbooks/mine/node.md', node('Mine'));
	await put('config/midwatch/runbooks/node-failure.md', node('Better'));
	await put('config/midwatch/runbooks/.hidden/x.md', node('Hidden'));
	const shelf = await open();
	expect(fittingOn(shelf, occasion).map(({id, title}) => `${id}: ${title}`)).toEqual(['node: Mine', 'node-failure: Better']);
	expect(shelf.runbooks.filter(({runbook}) => runbook.id === 'node-failure')).toHaveLength(1);
});

test('the directories may be declared', async () => {
	await put('config/midwatch/config.json', JSON.stringify({runbooks: {directories: ['~/ours', 'beside']}}));
	await put('ours/a.md', node('A'));
	await put('config/midwatch/beside/b.md', node('B'));
	await put('config/midwatch/runbooks/c.md', node('C'));
	const shelf = await open();
	expect(fittingOn(shelf, occasion).map(({id}) => id)).toEqual(['a', 'b', 'node-failure']);
});

test('one of the working directory is listed, and neither matched nor in the way until it is trusted', async () => {
	const file = await put('work/.midwatch/runbooks/node-failure.md', node('Theirs'));
	const before = await open();
	expect(before.runbooks.map(({runbook, trusted}) => [runbook.title, trusted])).toContainEqual(['Theirs', false]);
	expect(fittingOn(before, occasion).map(({title}) => title)).toEqual(['Node failure']);
	expect(onShelf(before, 'node-failure')).toMatchObject({trusted: true, runbook: {title: 'Node failure'}});

	const theirs = before.runbooks.find(({runbook}) => runbook.title === 'Theirs');
	await trustRunbook(environment, {file, hash: theirs?.runbook.hash ?? ''});
	const after = await open();
	expect(fittingOn(after, occasion).map(({title}) => title)).toEqual(['Theirs']);
	expect(onShelf(after, 'node-failure')).toMatchObject({trusted: true, runbook: {title: 'Theirs'}});
});

test('trust ends when the text changes, and does not come over to a copy', async () => {
	const file = await put('work/.midwatch/runbooks/theirs.md', node('Theirs'));
	const shelf = await open();
	await trustRunbook(environment, {file, hash: shelf.runbooks.find(({runbook}) => runbook.id === 'theirs')?.runbook.hash ?? ''});
	await put('work/.midwatch/runbooks/copy.md', node('Theirs'));
	const trusted = async () =>
		(await open()).runbooks.filter(({runbook}) => runbook.origin === 'project').map(one => [one.runbook.id, one.trusted]);
	expect(await trusted()).toEqual([
		['copy', false],
		['theirs', true],
	]);
	await put('work/.midwatch/runbooks/theirs.md', `${node('Theirs')}\n    rm -rf /\n`);
	expect(await trusted()).toEqual([
		['copy', false],
		['theirs', false],
	]);
});

test('another way to the file that is trusted is trusted, too', async () => {
	const file = await put('work/.midwatch/runbooks/theirs.md', node('Theirs'));
	const hash = (await open()).runbooks.find(({runbook}) => runbook.id === 'theirs')?.runbook.hash ?? '';
	await trustRunbook(environment, {file, hash});
	await symlink(work, join(home, 'link'));
	const shelf = await openShelf(environment, join(home, 'link'));
	expect(shelf.runbooks.find(({runbook}) => runbook.id === 'theirs')?.trusted).toBe(true);
});

test('what cannot be read is said, and keeps nothing else away', async () => {
	await put('config/midwatch/runbooks/binary.md', Buffer.from([0x23, 0x20, 0x00, 0xff]));
	await put('config/midwatch/runbooks/latin.md', Buffer.from([0x23, 0x20, 0xe4]));
	await put('config/midwatch/runbooks/large.md', `# x\n${'x\n'.repeat(5_000_000)}`);
	await put('config/midwatch/runbooks/well.md', node('Well'));
	const shelf = await open();
	expect(shelf.unreadable.map(text => text.replace(/^\S*\//, ''))).toEqual([
		'binary.md is no text; a runbook is Markdown in UTF-8.',
		'large.md has 10.0 MB, and a runbook may have 1 MB; take it apart.',
		'latin.md is no text; a runbook is Markdown in UTF-8.',
	]);
	expect(onShelf(shelf, 'well')).toMatchObject({runbook: {title: 'Well'}});
});

test('an id that is not there leads to the nearest', async () => {
	await put(
		'config/midwatch/runbooks/ceph.md',
		['## Alert: CephA', '', '1. look', '', '## Alert: CephB', '', '1. look'].join('\n'),
	);
	const shelf = await open();
	expect(onShelf(shelf, 'node-failre')).toBe('There is no runbook "node-failre"; did you mean node-failure?');
	expect(onShelf(shelf, 'zzzzzzzzzzzz')).toBe('There is no runbook "zzzzzzzzzzzz"; midwatch runbook list tells which there are.');
	expect(onShelf(shelf, 'ceph')).toBe('"ceph" holds several runbooks: ceph#CephA, ceph#CephB; name one.');
	expect(onShelf(shelf, 'CEPH#cepha')).toMatchObject({runbook: {id: 'ceph#CephA'}});
	expect(onShelf(shelf, 'x\u001b[2J')).toMatch(/^There is no runbook "x.*"; midwatch/);
});

test('one is taken as from the whole shelf', async () => {
	await put(
		'config/midwatch/runbooks/ceph.md',
		['## Alert: CephA', '', '1. look', '', '## Alert: CephB', '', '1. look'].join('\n'),
	);
	await put('work/.midwatch/runbooks/node-failure.md', node('Theirs'));
	await put('work/.midwatch/runbooks/theirs.md', node('Only theirs'));
	const shelf = await open();
	for (const id of ['node-failure', 'NODE-failure', 'ceph', 'ceph#CephB', 'ceph#CephC', 'theirs', 'nothing-like-it'])
		expect(await takeRunbook(environment, work, id)).toEqual(onShelf(shelf, id));
});
