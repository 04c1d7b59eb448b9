/** Below this a table has no room and becomes cards. The same measure stands in the style sheets. */
export const narrowScreen = '(max-width: 48em)'
