package io.serai.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.serai.message.Parcel;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.SimpleTypeConverter;
import org.springframework.stereotype.Component;

/** A component that wants text or bytes is given the text of a parcel: a route can hand parcels to any of them. */
@Component
class ParcelText implements CamelContextConfiguration {

    @Override
    public void beforeApplicationStart(CamelContext context) {
        var converters = context.getTypeConverterRegistry();
        converters.addTypeConverter(String.class, Parcel.class, new SimpleTypeConverter(false, ParcelText::text));
        converters.addTypeConverter(InputStream.class, Parcel.class, new SimpleTypeConverter(false, ParcelText::bytes));
    }

    @Override
    public void afterApplicationStart(CamelContext context) {}

    private static Object text(Class<?> type, Exchange exchange, Object parcel) {
        return ((Parcel) parcel).text();
    }

    private static Object bytes(Class<?> type, Exchange exchange, Object parcel) {
        return new ByteArrayInputStream(((Parcel) parcel).text().getBytes(UTF_8));
    }
}
