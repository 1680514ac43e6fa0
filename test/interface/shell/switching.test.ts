import {expect, test} from 'vitest';
import {switching} from '../../../source/interface/shell/switching.ts';
import {handSource, incident, troubled} from '../../_helpers/sample-picture.ts';

test('shows the other source, tells its listeners, and hears the first no more', () => {
	const [one, other] = [handSource(incident), handSource(troubled)];
	const source = switching(one);
	let told = 0;
	const stop = source.subscribe(() => {
		told += 1;
	});
	one.show(incident);
	source.to(other);
	expect([source.current(), told]).toEqual([troubled, 2]);
	one.show(incident);
	expect(told).toBe(2);
	other.show(incident);
	expect(told).toBe(3);
	stop();
	other.show(troubled);
	expect(told).toBe(3);
});
