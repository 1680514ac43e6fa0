import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {prometheusSamples} from '../../source/gpu/prometheus.ts';

const read = (body: string) =>
	prometheusSamples(body).map(({name, labels, value}) => ({name, labels: Object.fromEntries(labels), value}));

describe('the Prometheus text format', () => {
	test.each([
		['up 1', {name: 'up', labels: {}, value: 1}],
		['up{} 1', {name: 'up', labels: {}, value: 1}],
		['a:b_c{x="1",y="2"} 3.5', {name: 'a:b_c', labels: {x: '1', y: '2'}, value: 3.5}],
		['a{x="1",} 3', {name: 'a', labels: {x: '1'}, value: 3}],
		['a { x = "1" , y = "2" } 3', {name: 'a', labels: {x: '1', y: '2'}, value: 3}],
		['a{x="1"} 3 1395066363000', {name: 'a', labels: {x: '1'}, value: 3}],
		['a{x="} 1"} 2', {name: 'a', labels: {x: '} 1'}, value: 2}],
		['a{x="a,b=\\"c\\" \\\\ \\n"} 2', {name: 'a', labels: {x: 'a,b="c" \\ \n'}, value: 2}],
		['a{x="größe – 你好"} 2', {name: 'a', labels: {x: 'größe – 你好'}, value: 2}],
		['a 1e3', {name: 'a', labels: {}, value: 1000}],
		['a -.5', {name: 'a', labels: {}, value: -0.5}],
		['a +Inf', {name: 'a', labels: {}, value: Number.POSITIVE_INFINITY}],
		['a NaN', {name: 'a', labels: {}, value: Number.NaN}],
		['a 1\r', {name: 'a', labels: {}, value: 1}],
	])('%s', (line, sample) => {
		expect(read(`# HELP a something\n# TYPE a gauge\n\n${line}\n`)).toEqual([sample]);
	});

	test.each([
		'',
		'#',
		'a',
		'a{x="1" 3',
		'a{x=1} 3',
		'a{x="1""y"} 3',
		'a{="1"} 3',
		'a 0x1f',
		'a one',
		'1a 2',
		'<html><body>502 Bad Gateway</body></html>',
		`a{x="${'y'.repeat(20_000)}"} 1`,
	])('leaves out a line that is none: %#', line => {
		expect(read(`before 1\n${line}\nafter 2`).map(({name}) => name)).toEqual(['before', 'after']);
	});

	test('whatever can be written is read again', () => {
		const name = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,20}$/);
		const label = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,20}$/);
		const value = fc.double({noNaN: true, noDefaultInfinity: true}).map(of => of + 0);
		const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
		const text = fc.string({unit: 'binary'});
		fc.assert(
			fc.property(name, fc.dictionary(label, text), value, (of, labels, figure) => {
				const inside = Object.entries(labels).map(([key, word]) => `${key}="${escaped(word)}"`);
				const [sample] = prometheusSamples(`${of}{${inside.join(',')}} ${figure}`);
				expect(sample?.name).toBe(of);
				expect(sample?.value).toBe(figure);
				expect(sample?.labels).toEqual(new Map(Object.entries(labels)));
			}),
		);
	});

	test('no text makes it throw, and none keeps it long', () => {
		fc.assert(fc.property(fc.string({unit: 'binary', maxLength: 2000}), body => void prometheusSamples(body)));
		const from = performance.now();
		for (const piece of ['{', '}', '"', '\\', ' ', 'a{x="', 'a="",', '} 1 ']) {
			const long = piece.repeat(16_000 / piece.length);
			prometheusSamples(`${long}\na{${long}\na{x="${long}"} 1\na ${long}`);
		}
		expect(performance.now() - from).toBeLessThan(5000);
	});
});
