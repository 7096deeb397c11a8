{%- if !patterns.is_empty() %}

support::regex! {
{%- for pattern in patterns %}
    {{ pattern.name }} = {{ pattern.pattern }};
{%- endfor %}
}
{%- endif %}
{%- if !tables.is_empty() %}

support::checks! {
{%- for table in tables %}
    // {{ table.doc }}
    {{ table.name }} = [
{%- for rule in table.rules %}
        {{ rule }},
{%- endfor %}
    ];
{%- endfor %}
}
{%- endif %}
