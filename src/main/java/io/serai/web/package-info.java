/** The doors of the hub that open on the web, who may pass them, and what is said when something fails. */
package io.serai.web;
