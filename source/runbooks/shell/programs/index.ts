import type {Rule, Rules} from '../rule.ts';
import {host} from './host.ts';
import {kubernetes} from './kubernetes.ts';
import {storage} from './storage.ts';
import {text} from './text.ts';

const all: Rules = {...kubernetes, ...storage, ...host, ...text};

/** What is known of a program, by its name. */
export function ruleOf(program: string): Rule | undefined {
	return Object.hasOwn(all, program) ? all[program] : undefined;
}
