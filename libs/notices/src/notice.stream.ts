/** Category of the notices: `notice-<id>`. One stream each, so that an inbox may grow for ever and telling costs the same. */
export const NOTICE = 'notice';
