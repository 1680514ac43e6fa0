import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {ConfigurationError, readConfiguration, readSettings} from '../../source/files/configuration.ts';
import {configuration} from '../../source/files/schema.ts';
import {defaults} from '../../source/settings.ts';

let home: string;
let file: string;
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'midwatch-configuration-'));
	file = join(home, 'midwatch', 'config.json');
	await mkdir(join(home, 'midwatch'));
});
afterEach(() => rm(home, {recursive: true, force: true}));

const environment = () => ({XDG_CONFIG_HOME: home});
const settingsOf = async (declared: unknown, context = 'homelab') => {
	await writeFile(file, JSON.stringify({contexts: {homelab: declared}}));
	return readSettings(environment(), context);
};

async function sentenceOf(content: string): Promise<string> {
	await writeFile(file, content);
	const error = await readConfiguration(environment()).catch((reason: unknown) => reason);
	expect(error).toBeInstanceOf(ConfigurationError);
	return (error as ConfigurationError).sentence;
}

const hour = 3_600_000;

test('where there is no file, and for a context nobody wrote of, the defaults hold', async () => {
	expect(await readSettings(environment(), 'homelab')).toBe(defaults);
	expect(await settingsOf({stateless: true}, 'prod')).toBe(defaults);
	for (const name of ['constructor', '__proto__', 'toString']) expect(await readSettings(environment(), name)).toBe(defaults);
});

test('all that can be declared is read', async () => {
	const settings = await settingsOf({
		stateless: true,
		critical: ['media/jellyfin', '*/traefik*'],
		tiers: {'tier-0': {rpo: '6h', retention: '7d'}, 'tier-1': {rpo: '1d'}, etcd: {cronJob: 'kube-system/talos-backup'}},
		targets: {apiP99: '100ms', gpuUtilisation: 0.7, freeSpace: '15%'},
		expected: {gpus: {'gpu-1': 1}},
		optional: ['gpu'],
		aliases: {'10.0.0.41': 'nas-1'},
		notBackedUp: ['scratch/*'],
		links: {Grafana: 'https://grafana.example/d/node?var-node={node}'},
		guards: {readOnly: true, deny: ['drain'], confirm: 'name'},
	});
	expect(settings).toEqual({
		stateless: true,
		critical: ['media/jellyfin', '*/traefik*'],
		tiers: {
			'tier-0': {rpo: 6 * hour, retention: 7 * 24 * hour},
			'tier-1': {rpo: 24 * hour},
			etcd: {cronJob: 'kube-system/talos-backup'},
		},
		targets: {apiP99: 100, gpuUtilisation: 0.7, freeSpace: 0.15},
		expected: {gpus: {'gpu-1': 1}},
		optional: ['gpu'],
		aliases: {'10.0.0.41': 'nas-1'},
		notBackedUp: ['scratch/*'],
		links: {Grafana: 'https://grafana.example/d/node?var-node={node}'},
		guards: {readOnly: true, deny: ['drain'], confirm: 'name'},
	});
});

test('what is not declared keeps its default, also within the guards', async () => {
	expect(await settingsOf({guards: {confirm: 'yes'}})).toEqual({
		...defaults,
		guards: {readOnly: false, deny: [], confirm: 'yes'},
	});
});

test('a tier, a node or an alias that nobody wrote of has nothing, whatever it is called', async () => {
	const {tiers, aliases, expected, links} = await settingsOf({
		tiers: {a: {rpo: '1h'}},
		aliases: {a: 'b'},
		links: {a: 'https://b'},
		expected: {gpus: {a: 1}},
	});
	for (const table of [tiers, aliases, links, expected.gpus]) {
		expect(table?.constructor).toBeUndefined();
		expect(Object.getPrototypeOf(table)).toBeNull();
	}
});

test.each([
	[
		{tiers: {'tier-0': {rpo: '6 hours'}}},
		'contexts.homelab.tiers.tier-0.rpo is "6 hours", not a length of time like "6h", "90m" or "30d"',
	],
	[{tiers: {'tier-0': {rpo: 6}}}, 'contexts.homelab.tiers.tier-0.rpo is 6, not a length of time'],
	[{tiers: {'tier-0': {rpo: '0h'}}}, 'rpo is "0h", not a length of time'],
	[{tiers: {'tier-0': '6h'}}, 'contexts.homelab.tiers.tier-0 is "6h", not an object with rpo, retention, cronJob'],
	[
		{tiers: {etcd: {cronJob: 'talos-backup'}}},
		'contexts.homelab.tiers.etcd.cronJob is "talos-backup", not an object like "kube-system/talos-backup"',
	],
	[{tiers: [{rpo: '6h'}]}, 'contexts.homelab.tiers is [{"rpo":"6h"}], not an object with'],
	[{targets: {freeSpace: 99.9}}, 'contexts.homelab.targets.freeSpace is 99.9, not a part of one like 0.7 or "70%"'],
	[{targets: {freeSpace: '101%'}}, 'freeSpace is "101%", not a part of one'],
	[{targets: {gpuUtilization: 0.7}}, 'contexts.homelab.targets.gpuUtilization is not known: gpuUtilisation is'],
	[{tier: {}}, 'contexts.homelab.tier is not known: tiers is'],
	[{Stateless: true}, 'contexts.homelab.Stateless is not known: stateless is'],
	[{rpo: '6h'}, 'contexts.homelab.rpo is not known: there is stateless, critical, tiers'],
	[{stateless: 'yes'}, 'contexts.homelab.stateless is "yes", not true or false'],
	[{critical: 'media/jellyfin'}, 'contexts.homelab.critical is "media/jellyfin", not a list, each of it a pattern like'],
	[{critical: ['media/a', 'jellyfin']}, 'contexts.homelab.critical[1] is "jellyfin", not a pattern like "media/jellyfin"'],
	[{expected: {gpus: {'gpu-1': 0.5}}}, 'contexts.homelab.expected.gpus.gpu-1 is 0.5, not a whole number'],
	[{expected: {gpus: {'gpu-1': -1}}}, 'is -1, not a whole number'],
	[{optional: ['']}, 'contexts.homelab.optional[0] is "", not a name'],
	[{aliases: {'10.0.0.41': 3}}, 'contexts.homelab.aliases.10.0.0.41 is 3, not a name'],
	[{links: {Grafana: 'grafana.example/d'}}, 'contexts.homelab.links.Grafana is "grafana.example/d", not an http or https URL'],
	[{links: {Grafana: 'javascript:alert(1)'}}, 'is "javascript:alert(1)", not an http or https URL'],
	[{links: {Grafana: 'https://{node}/'}}, 'is "https://{node}/", not an http or https URL'],
	[{guards: {confirm: 'always'}}, 'contexts.homelab.guards.confirm is "always", not "yes" or "name"'],
	[{guards: {readonly: true}}, 'contexts.homelab.guards.readonly is not known: readOnly is'],
	[{guards: null}, 'contexts.homelab.guards is null, not an object with readOnly, deny, confirm'],
])('%j gets one sentence: where, what is allowed, what to do', async (declared, said) => {
	const sentence = await sentenceOf(JSON.stringify({contexts: {homelab: declared}}));
	expect(sentence).toContain(said);
	expect(sentence.startsWith(`${file} cannot be used (`)).toBe(true);
	expect(sentence.endsWith('); mend it, or move it away for the defaults.')).toBe(true);
});

test.each([
	['[]', 'it is [], not an object with theme, screenReader, keys, runbooks, journal, contexts'],
	['null', 'it is null, not an object'],
	['', 'it is no JSON: Unexpected end of JSON input'],
	['{"theme": ', 'it is no JSON'],
	['{"theme": "pink"}', 'theme is "pink", not "dark" or "light"'],
	['{"themes": "dark"}', 'themes is not known: theme is'],
	['{"__proto__": {"theme": "dark"}}', '__proto__ is not known: there is theme, screenReader, keys, runbooks, journal, contexts'],
	['{"contexts": {"a": {"constructor": 1}}}', 'contexts.a.constructor is not known'],
	['{"theme": "\\u001b[2J\\u202e"}', 'theme is "\\u001b[2J '],
	['{"theme":\n"\u009b2J', 'it is no JSON'],
])('%j as the whole file gets one sentence that can be printed', async (content, said) => {
	const sentence = await sentenceOf(content);
	expect(sentence).toContain(said);
	expect(sentence).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('what is there but cannot be read is told from what is not there', async () => {
	await mkdir(file);
	const error = await readConfiguration(environment()).catch((reason: unknown) => reason);
	expect((error as ConfigurationError).sentence).toMatch(/cannot be used \(EISDIR.+\); make it readable, or move it away/);
});

test('the example of the readme is one', async () => {
	const readme = await readFile(new URL('../../readme.md', import.meta.url), 'utf8');
	const [, example = ''] = /```json\n(\{\n\t"theme"[^`]+)```/.exec(readme) ?? [];
	await writeFile(file, example);
	expect((await readSettings(environment(), 'homelab')).tiers['tier-0']?.rpo).toBe(6 * hour);
});

test('the readme says of every key what is allowed and what it does', async () => {
	const readme = await readFile(new URL('../../readme.md', import.meta.url), 'utf8');
	const table = configuration.rows('', '').map(({path, allowed, about}) => `| \`${path}\` | ${allowed} | ${about} |`);
	expect(readme).toContain(table.join('\n'));
});
