package io.elacsym.api.index;

/**
 * One term of a text, and where it stands.
 *
 * @param term what is looked up
 * @param position counts words from 0, those that were dropped too; it never falls from one token
 *     to the next
 * @param start the first character of the text that the term was made of
 * @param end behind the last one
 */
public record TextToken(String term, int position, int start, int end) {}
