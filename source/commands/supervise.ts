import {supervise} from '../runbooks/execute/supervise.ts';

/** `midwatch __supervise`: what midwatch starts for a step of a runbook that changes something. */
export function run(): Promise<number> {
	return supervise();
}
