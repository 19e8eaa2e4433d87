/** How does the engine find this index, and which options does it have? */
package io.elacsym.index.ivf;
