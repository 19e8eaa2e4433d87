/**
 * What stands for a vector while lists are scanned? {@code Space} is where it is coded, {@code
 * Quantizer} how, and {@code CodeShape} what the codes look like.
 */
package io.elacsym.index.ivf.quantizer;
