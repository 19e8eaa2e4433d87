/**
 * The reverse dictionary: a demo program that is a plain HTTP client of Elacsym.
 *
 * <p>It reads WordNet, embeds every definition with a small model in this process, loads the
 * documents into a namespace and runs a few queries that show what the database does. {@link
 * io.elacsym.examples.dictionary.Main} is where to start reading.
 */
@NullMarked
package io.elacsym.examples.dictionary;

import org.jspecify.annotations.NullMarked;
