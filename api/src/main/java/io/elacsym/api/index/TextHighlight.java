package io.elacsym.api.index;

/**
 * How a text that was found is to be shown.
 *
 * @param clause what is marked: its terms, its phrases as a whole, and nothing that it excludes
 * @param fragments how many pieces of the text come back at most, from 1
 * @param fragmentSize how many characters a piece should have, from 1; an index may end it where a
 *     sentence or a word ends
 * @param before what stands before each mark
 * @param after what stands behind it
 * @param escaping whether what is text is escaped as HTML, and the marks are not
 */
public record TextHighlight(
    TextClause clause,
    int fragments,
    int fragmentSize,
    String before,
    String after,
    boolean escaping) {}
