/** How does the engine find this index, and what can it be told? */
package io.elacsym.index.bm25;
