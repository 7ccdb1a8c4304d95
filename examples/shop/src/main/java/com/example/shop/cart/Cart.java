package com.example.shop.cart;

import com.example.shop.catalogue.Catalogue;
import com.example.shop.catalogue.Catalogue.Offer;
import com.example.shop.catalogue.Price;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.lang.Nullable;

/** What a customer has put aside: quantities by sku. Several requests of one session may use it. */
public class Cart implements Serializable {

    static final int MOST_OF_ONE = 20;

    private final Map<String, Integer> quantities = new LinkedHashMap<>();
    private @Nullable Voucher voucher;

    synchronized void add(String sku, int quantity) {
        quantities.merge(sku, quantity, (had, more) -> Math.min(MOST_OF_ONE, had + more));
    }

    /** Zero takes it out. */
    synchronized void set(String sku, int quantity) {
        if (quantity <= 0) {
            quantities.remove(sku);
        } else {
            quantities.replace(sku, Math.min(MOST_OF_ONE, quantity));
        }
    }

    synchronized void apply(Voucher applied) {
        voucher = applied;
    }

    public synchronized void clear() {
        quantities.clear();
        voucher = null;
    }

    public synchronized boolean isEmpty() {
        return quantities.isEmpty();
    }

    public synchronized int count() {
        return quantities.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Its contents at today's prices. */
    public synchronized CartView view(Catalogue catalogue) {
        List<CartView.Line> lines = quantities.entrySet().stream()
                .flatMap(entry -> catalogue.offer(entry.getKey()).stream().map(offer -> line(offer, entry.getValue())))
                .toList();
        Price goods = lines.stream().map(CartView.Line::total).reduce(Price.ZERO, Price::plus);
        Price discount = voucher == null ? Price.ZERO : voucher.discountOn(goods);
        int weight = lines.stream().mapToInt(CartView.Line::weight).sum();
        return new CartView(lines, count(), goods, voucher, discount, goods.minus(discount), weight);
    }

    private static CartView.Line line(Offer offer, int quantity) {
        String picture = offer.variant().picture();
        return new CartView.Line(
                offer.variant().sku(),
                offer.product().slug(),
                offer.product().name(),
                offer.variant().name(),
                picture == null ? offer.product().picture() : picture,
                quantity,
                offer.price(),
                offer.price().times(quantity),
                offer.product().weight() * quantity);
    }
}
