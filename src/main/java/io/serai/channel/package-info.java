/** What every channel needs, whichever it is: signs of life, who may poll, where files are kept. */
package io.serai.channel;
