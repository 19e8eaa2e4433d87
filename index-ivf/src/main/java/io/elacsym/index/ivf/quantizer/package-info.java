/** What stands for a vector while lists are scanned, and what does it score? */
package io.elacsym.index.ivf.quantizer;
