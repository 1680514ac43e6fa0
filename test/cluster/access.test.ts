import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {allows, type Deed, mayI, type Rule, rules} from '../../source/cluster/access.ts';
import {connect} from '../../source/cluster/line/connect.ts';
import type {Transport} from '../../source/cluster/transport.ts';
import {startServer} from './server.ts';

let line: Transport;
let sent: Array<{kind: string; spec: unknown}>;
const open: Array<() => unknown> = [];
beforeAll(async () => {
	sent = [];
	const {target, close} = await startServer({
		handler: (asked, answer) => {
			let body = '';
			asked.on('data', chunk => {
				body += chunk;
			});
			asked.on('end', () => {
				const review = JSON.parse(body) as {kind: string; spec: {resourceAttributes?: Deed}};
				sent.push(review);
				const statuses = {
					SelfSubjectAccessReview:
						review.spec.resourceAttributes?.verb === 'get' ? {allowed: true, reason: 'RBAC: \u001b[1myes'} : {allowed: false},
					SelfSubjectRulesReview: {
						incomplete: true,
						resourceRules: [
							{verbs: ['get'], apiGroups: [''], resources: ['pods'], resourceNames: ['a']},
							{verbs: ['*'], apiGroups: ['*'], resources: ['*']},
						],
					},
				};
				answer.writeHead(
					asked.url === `/apis/authorization.k8s.io/v1/${review.kind.toLowerCase()}s` && asked.method === 'POST' ? 201 : 404,
				);
				answer.end(JSON.stringify({...review, status: statuses[review.kind as keyof typeof statuses]}));
			});
		},
	});
	line = connect(target, {env: {}});
	open.push(close, line.close);
});
afterAll(async () => {
	for (const close of open.reverse()) await close();
});

test('asks about one deed', async () => {
	const deed = {verb: 'get', group: 'longhorn.io', resource: 'volumes', namespace: 'longhorn-system'};
	expect(await mayI(line, deed)).toEqual({allowed: true, reason: 'RBAC: yes'});
	expect(sent.at(-1)).toMatchObject({kind: 'SelfSubjectAccessReview', spec: {resourceAttributes: deed}});
	expect(await mayI(line, {...deed, verb: 'delete'})).toEqual({allowed: false, reason: ''});
});

test('asks for all rules of a namespace', async () => {
	expect(await rules(line, 'media')).toEqual({
		incomplete: true,
		rules: [
			{verbs: ['get'], groups: [''], resources: ['pods'], names: ['a']},
			{verbs: ['*'], groups: ['*'], resources: ['*'], names: []},
		],
	});
	expect(sent.at(-1)).toMatchObject({kind: 'SelfSubjectRulesReview', spec: {namespace: 'media'}});
});

describe('whether rules allow', () => {
	const rule = (more: Partial<Rule>): Rule => ({verbs: ['get', 'create'], groups: [''], resources: ['pods'], names: [], ...more});
	const deed = (more: Partial<Deed> = {}): Deed => ({verb: 'get', group: '', resource: 'pods', ...more});
	test.each<[string, Rule, Deed, boolean]>([
		['the same', rule({}), deed(), true],
		['another verb', rule({}), deed({verb: 'list'}), false],
		['another group', rule({}), deed({group: 'metrics.k8s.io'}), false],
		['another resource', rule({}), deed({resource: 'nodes'}), false],
		['a subresource by the resource', rule({}), deed({resource: 'pods', subresource: 'eviction'}), false],
		['a subresource', rule({resources: ['pods/eviction']}), deed({subresource: 'eviction', verb: 'create'}), true],
		['a subresource of everything', rule({resources: ['*/eviction']}), deed({subresource: 'eviction'}), true],
		['everything', rule({verbs: ['*'], groups: ['*'], resources: ['*']}), deed({group: 'x', verb: 'y', resource: 'z'}), true],
		['one by name', rule({names: ['a']}), deed({name: 'a'}), true],
		['another than the named one', rule({names: ['a']}), deed({name: 'b'}), false],
		['any where only one is named', rule({names: ['a']}), deed(), false],
	])('%s', (_, known, asked, expected) => {
		expect(allows([known], asked)).toBe(expected);
	});
});
