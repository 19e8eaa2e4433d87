/**
 * How a life of a namespace begins and ends, and what becomes of what it leaves; which objects its
 * branches still need.
 */
package io.elacsym.engine.life;
