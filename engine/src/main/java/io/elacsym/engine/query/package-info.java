/** Reading a snapshot: what each part can answer, how answers are merged, and what is fetched. */
package io.elacsym.engine.query;
