import {expect, test} from 'vitest';
import type {Symptom} from '../../source/diagnosis.ts';
import {linksOf} from '../../source/findings/links.ts';
import {own, type RawName} from '../../source/vocabulary.ts';

const raw = (name: string) => name as RawName;

const symptom = (resource: string, namespace: string, name: string): Symptom => ({
	id: 'node-not-ready',
	about: own(name),
	subject: {resource, namespace: raw(namespace), name: raw(name)},
	after: {},
	since: 0,
	title: own(''),
	evidence: [],
	causes: [],
});

const templates = {
	Grafana: 'https://grafana.example/d/node?var-node={node}',
	Loki: 'https://loki.example/explore?q={namespace}/{name}',
	Docs: 'https://wiki.example/runbooks',
};

test('fills the names of the subject in, and leaves out what asks for something it is not', () => {
	expect(linksOf(symptom('nodes', '', 'nuc-2'), templates)).toEqual([
		['Grafana', 'https://grafana.example/d/node?var-node=nuc-2'],
		['Loki', 'https://loki.example/explore?q=/nuc-2'],
		['Docs', 'https://wiki.example/runbooks'],
	]);
	expect(linksOf(symptom('pods', 'media', 'jellyfin-0'), templates).map(([place]) => place)).toEqual(['Loki', 'Docs']);
});

test('a name stays one part of the URL, whatever it holds', () => {
	const [, loki] = linksOf(symptom('nodes', '', 'a&b=c/../#\u001b]52;c;x\u0007'), templates);
	expect(loki?.[1]).toBe('https://loki.example/explore?q=/a%26b%3Dc%2F..%2F%23%1B%5D52%3Bc%3Bx%07');
});
