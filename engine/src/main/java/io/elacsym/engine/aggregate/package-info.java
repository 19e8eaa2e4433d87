/** What are documents together: counts, sums and groups, of each part alone and of all of them? */
package io.elacsym.engine.aggregate;
