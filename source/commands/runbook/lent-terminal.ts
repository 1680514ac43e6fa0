import {runInTerminal} from '../../runbooks/execute/in-terminal.ts';
import type {Ended, Order} from '../../runbooks/execute/order.ts';

/** The terminal that one sits before, which commands are given while they draw on all of it. */
export type LentTerminal = {
	readonly isLent: () => boolean;
	readonly run: (order: Order) => Promise<Ended>;
};

export function lentTerminal(): LentTerminal {
	let isLent = false;
	return {
		isLent: () => isLent,
		run: async order => {
			isLent = true;
			try {
				return await runInTerminal(order, process.env.TERM ?? 'dumb');
			} finally {
				isLent = false;
			}
		},
	};
}
