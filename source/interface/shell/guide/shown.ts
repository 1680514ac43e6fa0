import type {Finding} from '../../../findings/finding.ts';
import type {Seen} from '../../../runbooks/execute/order.ts';
import type {SafeText} from '../../../vocabulary.ts';
import type {Book} from './book.ts';
import type {Listed} from './shelf-view.ts';
import type {GuideUi} from './state.ts';
import type {Going} from './walking.ts';

/** All that decides on what is drawn. */
export type Shown = {
	readonly ui: GuideUi;
	readonly listed: Listed;
	readonly book: Book | undefined;
	readonly going: Going | undefined;
	readonly seen: Seen | undefined;
	readonly finding: Finding | undefined;
	readonly report: {readonly lines: readonly SafeText[]; readonly command: readonly string[]} | undefined;
	readonly context: SafeText;
	readonly now: number;
};
