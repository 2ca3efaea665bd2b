/** The tag in a reply, for documents of the API. */
export const TAG_HEADER = { ETag: { description: 'The tag of this state.' } };

/** The tags in a request. */
export const TAGS_HEADER = {
  'If-None-Match': { description: 'The tags of the states that the client has.' },
};
