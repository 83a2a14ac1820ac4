"""The bridge from law to market: what a flow or a plant may do in a month, which clause says so, what leave takes."""
