/**
 * What stands for a vector while lists are scanned? {@code Quantizer} says how it is coded, and
 * {@code CodeShape} what the codes look like.
 */
package io.elacsym.index.ivf.quantizer;
