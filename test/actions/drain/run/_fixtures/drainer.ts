import {drainAction} from '../../../../../source/actions/drain/drain.ts';
import {beginJournal} from '../../../../../source/actions/record.ts';
import {handsOn, type Where} from '../../../hands.ts';
import {drainOf} from '../arrange.ts';

/** Drains n1 of the cluster it is told of, in a process of its own: to be killed. */
const [where = '{}', state = ''] = process.argv.slice(2);
const hands = handsOn(JSON.parse(where) as Where, {environment: {XDG_STATE_HOME: state}});
const request = drainOf(['n1']);
const plan = await drainAction.plan(request, hands);
const journal = await beginJournal(plan, request, hands);
process.stdout.write('begins\n');
await drainAction.run(plan, request, hands, {journal, report: () => {}, stop: new AbortController().signal});
