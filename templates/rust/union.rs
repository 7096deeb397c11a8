{% include "rust/variants.rs" %}

support::union! {
    {{ item.name }}{{ item.check }}, {{ how }} {
{%- for variant in variants %}
        {{ variant.name }}({{ variant.inner }}) = {{ variant.told_by }},
{%- endfor %}
    }
}
